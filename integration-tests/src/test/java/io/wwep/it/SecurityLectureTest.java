package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The security half of the lecture from its beginning to its end, as {@code security-lecture.sh}
 * has it.
 */
class SecurityLectureTest {

  private static final Path SCRIPT = Path.of("src", "test", "sh", "security-lecture.sh");
  private static final List<String> TOOLS = List.of("bash", "openssl", "keytool", "cc", "nc");

  @TempDir private Path directory;

  @Test
  void shouldBeWalkedToItsEnd() throws Exception {
    TOOLS.forEach(each -> assumeTrue(Tool.isInstalled(each), each + " is not installed"));
    CSource.program("board_mbedtls.c", directory, "mbedtls"); // or it is skipped
    Path place = Files.createDirectory(directory.resolve("place"));
    File printed = directory.resolve("printed").toFile();
    Process process =
        new ProcessBuilder(command())
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed)
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(printed.toString()).isTrue();
      String text = Files.readString(printed.toPath());
      assertThat(text).endsWith("The lecture was walked to its end.\n");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroy();
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", SCRIPT.toAbsolutePath().toString()));
    command.add(Path.of("src", "test", "c").toAbsolutePath().toString());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", WwepProcess.classPath(), "io.wwep.cli.Main"));
    return command;
  }
}
