package io.wwep.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  @TempDir private Path directory;

  @Test
  void shouldTellWhatASecretOpens() throws IOException {
    Credentials credentials = SecretFiles.credentials(directory);

    assertThat(credentials.areNeeded()).isTrue();
    assertThat(credentials.ofPassword(SecretFiles.EDITOR_PASSWORD)).isEqualTo(Role.EDITOR);
    assertThat(credentials.ofPassword(SecretFiles.VIEWER_PASSWORD)).isEqualTo(Role.VIEWER);
    assertThat(credentials.ofPassword(SecretFiles.VIEWER_TOKEN)).isEqualTo(Role.VIEWER);
    assertThat(credentials.ofPassword(SecretFiles.SENDER_PASSWORD)).isEqualTo(Role.SENDER);
    assertThat(credentials.ofToken(SecretFiles.SENDER_TOKEN)).isEqualTo(Role.SENDER);
    assertThat(credentials.ofToken(SecretFiles.EDITOR_TOKEN)).isEqualTo(Role.EDITOR);
    assertThat(credentials.ofToken(SecretFiles.EDITOR_PASSWORD)).isNull();
    assertThat(credentials.ofPassword("")).isNull();
  }

  @Test
  void shouldNeedNothingWithoutFiles() {
    assertThat(Credentials.read(null, null)).isEqualTo(Credentials.NONE);
    assertThat(Credentials.NONE.areNeeded()).isFalse();
  }

  @Test
  void shouldBeEqualByContent() throws IOException {
    assertThat(SecretFiles.credentials(directory)).isEqualTo(SecretFiles.credentials(directory));
    assertThat(SecretFiles.credentials(directory)).isNotEqualTo(Credentials.NONE);
  }

  @Test
  void shouldRefuseAFileThatOthersMayRead() throws IOException {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path file = SecretFiles.write(directory.resolve("open"), "editor: correct horse");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> Credentials.read(file, null))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void shouldNameTheLineThatIsWrongAndNotShowIt() throws IOException {
    Path file = SecretFiles.write(directory.resolve("f"), "# x", "editor: long enough", "s3cr3t");

    assertThatThrownBy(() -> Credentials.read(file, null))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("line 3")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void shouldRefuseShortSecrets() throws IOException {
    Path file = SecretFiles.write(directory.resolve("f"), "viewer: 1234567");
    Path tokens = SecretFiles.write(directory.resolve("t"), "viewer: 1234567890123456789");

    assertThatThrownBy(() -> Credentials.read(file, null)).hasMessageContaining("line 1");
    assertThatThrownBy(() -> Credentials.read(null, tokens)).hasMessageContaining("take 20");
  }

  @Test
  void shouldRefuseFilesThatAreNone() throws IOException {
    Path empty = SecretFiles.write(directory.resolve("empty"), "# nothing");
    Path large = SecretFiles.write(directory.resolve("large"), "x".repeat(70_000));
    Path binary = SecretFiles.write(directory.resolve("binary"), "");
    Files.write(binary, new byte[] {(byte) 0xFF, (byte) 0xFE});

    assertThatThrownBy(() -> Credentials.read(empty, null)).hasMessageContaining("0 secrets");
    assertThatThrownBy(() -> Credentials.read(large, null)).hasMessageContaining("larger than");
    assertThatThrownBy(() -> Credentials.read(binary, null)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Credentials.read(directory, null)).hasMessageContaining("directory");
    assertThatThrownBy(() -> Credentials.read(directory.resolve("none"), null))
        .hasMessageContaining("there is no password file");
  }
}
