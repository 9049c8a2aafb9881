package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
  void shouldTakeOneOfTwoPlaces() {
    Run.of("wireshark", "--install", "--out", "x.lua")
        .failsWith(ExitCode.USAGE, "--install and --out exclude each other");
    Run.of("wireshark", "--force").failsWith(ExitCode.USAGE, "--force is about the file of --out");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldTakeTheHomeThatSomebodyHasSet() throws Exception {
    Path file = directory.resolve(".local/lib/wireshark/plugins/wwep.lua");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Output lines = new Output(out, StandardCharsets.UTF_8, () -> false);
    Console console = new Console(InputStream.nullInputStream(), lines, lines, false, false, true);

    int code =
        new CommandLine(new WiresharkCommand(console, Map.of("HOME", directory.toString())))
            .execute("--install");

    console.flush();
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("The dissector is in " + file);
    assertThat(file).hasContent(dissector());
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
