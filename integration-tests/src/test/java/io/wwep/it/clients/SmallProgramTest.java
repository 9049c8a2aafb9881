package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wwep.testkit.SmallProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a small server in C that does not start, or serves less than it should. */
@Timeout(15)
class SmallProgramTest {

  @TempDir private Path directory;

  private Path script(String... lines) throws IOException {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path file = directory.resolve("server");
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void shouldSayAtOnceWhatAProgramSaidThatDoesNotStart() throws Exception {
    Path file = script("echo 'port 0 cannot be opened' >&2");

    assertThatThrownBy(() -> SmallProgram.plain(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("what it said first: 'port 0 cannot be opened'");
  }

  @Test
  void shouldNotTakeOneDoorForTwo() throws Exception {
    Path file = script("echo 'plain  port 27708 on 127.0.0.1'");

    assertThatThrownBy(() -> SmallProgram.both(file, file, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not open its ports");
  }

  @Test
  void shouldKnowNoPortOfADoorThatIsNotServed() throws Exception {
    Path file = script("echo 'plain  port 27708 on 127.0.0.1'", "cat");

    try (SmallProgram server = SmallProgram.plain(file)) {
      assertThatThrownBy(server::tlsPort).hasMessage("this small server has no TLS port");
    }
  }
}
