package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryCommandTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @TempDir private Path directory;

  private Run history(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "history";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--data";
    all[args.length + 2] = directory.toString();
    return Run.of(all);
  }

  private Serving serve() {
    return Serving.start("--no-tls", "--data", directory.toString());
  }

  @Test
  void shouldPrintTheHistoryOfARunningServerAndOfAStoppedOne() throws Exception {
    Run running;
    try (Serving server = serve()) {
      server.exchange("W0FAC0B1234\n");
      server.exchange("W0FAC0CFFFF\n");
      server.exchange("W0FAC0BABCD\n");
      running = history("0FAC", "0B");
      assertThat(running.err()).isEmpty();
      assertThat(running.exitCode()).isZero();
      List<String> lines = running.lines();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).matches("seq  time +device  register  value  peer +port");
      assertThat(lines.get(1)).matches("3 +" + TIME + "  0FAC    0B        ABCD   127.* plain");
      assertThat(lines.get(2)).matches("1 +" + TIME + "  0FAC    0B        1234   127.* plain");
    }
    assertThat(history("0FAC", "0B").out()).isEqualTo(running.out());
    assertThat(history("0FAC").lines()).hasSize(4);
  }

  @Test
  void shouldPageWithLimitAndBefore() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B0001\nW0FAC0B0002\nW0FAC0B0003\n");
      Run first = history("0FAC", "0B", "--limit", "2");
      assertThat(first.lines()).hasSize(4);
      assertThat(first.lines().get(3)).isEqualTo("older ones: add --before 2 to this");
      Run second = history("0FAC", "0B", "--limit", "2", "--before", "2");
      assertThat(second.lines()).hasSize(2);
      assertThat(second.lines().get(1)).startsWith("1 ").contains("0001");
      history("0FAC", "0B", "--before", "1")
          .failsWith(ExitCode.REJECTED, "no write to register 0B", "leave --before out");
    }
  }

  @Test
  void shouldPrintOneJsonObject() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B00FF\n");
    }
    Run run = history("0FAC", "0B", "--json");
    assertThat(run.out().strip())
        .matches(
            "\\{\"device\":\"0FAC\",\"register\":\"0B\",\"entries\":\\[\\{\"seq\":1,\"time\":\""
                + TIME
                + "\",\"device\":\"0FAC\",\"register\":\"0B\",\"value\":\"00FF\",\"number\":255,"
                + "\"peer\":\"127.0.0.1\",\"port\":\"plain\"\\}\\],\"exitCode\":0\\}");
    Run none = history("0FAC", "0C", "--json");
    assertThat(none.out()).contains("\"entries\":[],\"reason\":\"the history in");
    none.failsWith(ExitCode.REJECTED, "no write to register 0C of device 0FAC", "--history");
  }

  @Test
  void shouldPrintOnlyWhatWasWrittenInTheTimeThatIsAskedFor() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B0001\nW0FAC0B0002\n");
      String written = time(history("0FAC", "0B", "--csv").lines().get(1));
      Instant later = Instant.parse(written).plusMillis(1);
      await().until(() -> Instant.now().isAfter(later));
      server.exchange("W0FAC0B0003\n");

      assertThat(history("0FAC", "0B", "--since", "2h").lines()).hasSize(4);
      Run since = history("0FAC", "0B", "--since", later.toString());
      assertThat(since.lines()).hasSize(2);
      assertThat(since.lines().get(1)).startsWith("3 ").contains("0003");
      Run until = history("0FAC", "0B", "--until", written);
      assertThat(until.lines()).hasSize(3);
      assertThat(until.lines().get(1)).startsWith("2 ").contains("0002");
      assertThat(history("0FAC", "--since", written, "--until", later.toString()).lines())
          .hasSize(3);
    }
    history("0FAC", "0B", "--until", "7d")
        .failsWith(ExitCode.REJECTED, "no write to register 0B", "in that time", "--since");
    history("0FAC", "0B", "--since", "1h", "--until", "2h")
        .failsWith(ExitCode.USAGE, "--since must be earlier than --until");
  }

  @Test
  void shouldPrintTheColumnsOfAnExport() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B0001\nW0FAC0B00FF\n");
    }
    Run run = history("0FAC", "0B", "--csv");
    assertThat(run.lines().get(0)).isEqualTo("seq,time,device,register,value,peer,port");
    assertThat(run.lines().get(1)).matches("2," + TIME + ",0FAC,0B,00FF,127.0.0.1,plain");
    assertThat(run.lines()).hasSize(3);
    assertThat(run.err()).isEmpty();
    Run page = history("0FAC", "0B", "--csv", "--limit", "1");
    assertThat(page.lines()).hasSize(2);
    assertThat(page.err()).contains("note: older ones: add --before 2 to this");
    Run export = Run.of("export", "--what", "history", "--data", directory.toString());
    assertThat(export.lines()).containsExactlyInAnyOrderElementsOf(run.lines());
  }

  @Test
  void shouldDrawTheStepsOfARegister() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B0000\nW0FAC0BFFFF\n");
    }
    Run unicode = history("0FAC", "0B", "--plot", "--since", "1m");
    assertThat(unicode.exitCode()).isZero();
    assertThat(unicode.lines().get(0)).isEqualTo("register 0B of device 0FAC, times in UTC");
    assertThat(unicode.lines().get(1))
        .startsWith("65535 FFFF │")
        .containsPattern("[\u2801-\u28FF]$");
    assertThat(unicode.lines().get(16))
        .startsWith("    0 0000 │")
        .containsPattern("[\u2801-\u28FF]$");
    assertThat(unicode.lines()).hasSize(19);
    assertThat(unicode.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(unicode.out()).doesNotContain("\u001B");
    Run ascii =
        Run.ascii(
            "history", "0FAC", "0B", "--plot", "--since", "1m", "--data", directory.toString());
    assertThat(ascii.out()).matches("[\\n -~]*").contains("65535 FFFF |").contains("+----");
  }

  @Test
  void shouldDrawOneRegisterThatSomebodyWrote() throws Exception {
    try (Serving server = serve()) {
      server.exchange("W0FAC0B0007\n");
    }
    assertThat(history("0FAC", "0B", "--plot").lines().get(1)).startsWith("    8 0008 │");
    history("0FAC", "0C", "--plot").failsWith(ExitCode.REJECTED, "no write to register 0C");
    history("0FAC", "0B", "--plot", "--until", "7d").failsWith(ExitCode.REJECTED, "in that time");
    history("0FAC", "--plot").failsWith(ExitCode.USAGE, "a plot is of one register", "name it");
    history("0FAC", "0B", "--plot", "--csv").failsWith(ExitCode.USAGE, "exclude each other");
  }

  @Test
  void shouldSayWhatIsWrongWithTheDirectory() throws Exception {
    history("0FAC", "0B").failsWith(ExitCode.USAGE, "there is no database", "--data directory");
    assertThat(history("0FAC", "--json").out())
        .contains("\"result\":\"none\",\"error\":\"store\"", "\"exitCode\":2");
    Files.writeString(directory.resolve("wwep.db"), "no database ".repeat(500));
    history("0FAC", "0B").failsWith(ExitCode.USAGE, "is not a wwep database", "move it away");
  }

  @Test
  void shouldAskForANewerOrAnOlderVersionsServer() throws Exception {
    serve().close();
    setVersion(99);
    history("0FAC").failsWith(ExitCode.USAGE, "was written by a newer wwep", "run that version");
    setVersion(2);
    history("0FAC").failsWith(ExitCode.USAGE, "was written by an older wwep", "start this version");
  }

  private static String time(String line) {
    return line.split(",", -1)[1];
  }

  private void setVersion(int version) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("wwep.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + version);
    }
  }
}
