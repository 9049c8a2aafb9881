package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code wwep wireshark}, and {@code --keylog} where it is refused. */
@Timeout(60)
class WiresharkCommandTest {

  @TempDir private Path directory;

  private static String dissector() throws Exception {
    return Files.readString(Path.of("..", "wireshark", "wwep.lua"));
  }

  @Test
  void shouldPrintTheDissectorByteByByte() throws Exception {
    Run run = Run.of("wireshark");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(dissector());
  }

  @Test
  void shouldWriteItToAFileAndReplaceNoneUnasked() throws Exception {
    Path file = directory.resolve("mine.lua");
    Run run = Run.of("wireshark", "--out", file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("tshark -X lua_script:" + file);
    assertThat(file).hasContent(dissector());

    Run nowhere = Run.of("wireshark", "--out", directory.resolve("nope/x.lua").toString());
    nowhere.failsWith(ExitCode.USAGE, "cannot write", "x.lua (there is no directory");
    Files.writeString(file, "mine");
    Run.of("wireshark", "--out", file.toString())
        .failsWith(ExitCode.USAGE, "is there already", "--force");
    assertThat(file).hasContent("mine");
    assertThat(Run.of("wireshark", "--out", file.toString(), "--force").exitCode()).isZero();
    assertThat(file).hasContent(dissector());
  }

  @Test
  void shouldPutItWhereWiresharkLooksAndReplaceAnOlderOne() throws Exception {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", directory.toString());
    try {
      for (int i = 0; i < 2; i++) {
        Run run = Run.of("wireshark", "--install");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path file = Path.of(run.out().lines().findFirst().orElseThrow().split(" is in ", -1)[1]);
        assertThat(file).hasContent(dissector()).hasFileName("wwep.lua");
        Files.writeString(file, "an older one");
      }
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void shouldTakeOneOfTwoPlaces() {
    Run.of("wireshark", "--install", "--out", "x.lua")
        .failsWith(ExitCode.USAGE, "--install and --out exclude each other");
    Run.of("wireshark", "--force").failsWith(ExitCode.USAGE, "--force is about the file of --out");
  }

  @Test
  void shouldRefuseKeysWhereThereIsNoTls() {
    String file = directory.resolve("keys.txt").toString();
    Run.of("read", "0FAC", "0B", "--keylog", file)
        .failsWith(ExitCode.USAGE, "--keylog is for TLS, and without it there are no keys");
    Run.of("board", "--keylog", file).failsWith(ExitCode.USAGE, "--keylog is for TLS");
    Run.of(Serving.args("--no-tls", "--keylog", file, "--data", directory.toString()))
        .failsWith(ExitCode.USAGE, "--keylog is for TLS, and --no-tls is given too");
    assertThat(directory.resolve("keys.txt")).doesNotExist();
  }

  @Test
  void shouldNotStartWhereKeysCannotBeWritten() {
    Path data = directory.resolve("data");
    Run.of(Serving.args("--data", data.toString(), "--keylog", directory.toString()))
        .failsWith(ExitCode.USAGE, "is a directory: give the name of a file");
    Run.of("read", "0FAC", "0B", "--insecure", "--keylog", directory.resolve("no/k").toString())
        .failsWith(ExitCode.USAGE, "no such directory");
    assertThat(data.resolve("wwep.db")).doesNotExist();
  }
}
