package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileModeTest {

  @TempDir private Path directory;

  @Test
  void shouldLetTheOwnerAloneReadWhatIsMade() throws Exception {
    assumeThat(FileMode.isKnownAt(directory)).isTrue();
    Path inner = directory.resolve("keys");
    Files.createDirectory(inner, FileMode.PRIVATE_DIRECTORY.at(inner));
    Path key = inner.resolve("key.pem");
    Files.createFile(key, FileMode.PRIVATE.at(key));

    assertThat(permissions(inner)).isEqualTo("rwx------");
    assertThat(permissions(key)).isEqualTo("rw-------");
  }

  @Test
  void shouldTakeFromOthersWhatIsThere() throws Exception {
    assumeThat(FileMode.isKnownAt(directory)).isTrue();
    Path file = directory.resolve("socket");
    Files.createFile(file, FileMode.PUBLIC.at(file));
    FileMode.PRIVATE.giveTo(file);

    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** As on Windows; a ZIP file is one of those everywhere. */
  @Test
  void shouldMakeFilesWhereThereAreNoPermissions() throws Exception {
    Path zip = directory.resolve("files.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path file = files.getPath("key.pem");
      Files.createFile(file, FileMode.PRIVATE.at(file));
      FileMode.PRIVATE.giveTo(file);

      assertThat(FileMode.isKnownAt(file)).isFalse();
      assertThat(file).exists();
    }
  }
}
