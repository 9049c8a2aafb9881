package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of its registers at the end, and whether that is true. */
@Timeout(60)
class FarewellTest {

  @TempDir private Path directory;

  @Test
  void shouldSayThatRegistersAreSafeWhereTheirFileIs() throws Exception {
    Serving serving = Serving.start("--data", directory.toString(), "--no-tls");
    assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");

    assertThat(serving.stop()).isZero();
    assertThat(lastLine(serving)).startsWith("stopped: 1 device, 1 register are safe in sqlite ");
  }

  @Test
  void shouldNotSayThatRegistersAreSafeWhenTheirFileWasRemoved() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be removed here");
    Serving serving = Serving.start("--data", directory.toString(), "--no-tls");
    assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    Path file = directory.resolve("wwep.db");
    Files.delete(file);

    assertThat(serving.stop()).isEqualTo(ExitCode.REJECTED);
    assertThat(lastLine(serving))
        .startsWith("stopped: 1 device, 1 register may be lost: " + file + " was removed or")
        .contains("put it back");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldNotSayThatRegistersAreSafeWhenTheirFileWasReplaced() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be replaced here");
    Serving serving = Serving.start("--data", directory.toString(), "--no-tls");
    Path file = directory.resolve("wwep.db");
    Files.move(file, directory.resolve("aside.db"));
    Files.createFile(file);

    assertThat(serving.stop()).isEqualTo(ExitCode.REJECTED);
    assertThat(lastLine(serving)).contains("may be lost", "removed or replaced");
  }

  private static String lastLine(Serving serving) {
    return serving.lines().get(serving.lines().size() - 1);
  }
}
