package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class before a server of its own process, whose boards are OpenSSL's client and netcat's. */
@Timeout(180)
class ClassTest {

  private static final Pattern REPLY = Pattern.compile("(?s).*A031205\\d{4}.*");

  /** Of a row of CSV: 01, 02, 03 and 06. */
  private static final Pattern DONE =
      Pattern.compile("[0-9A-F]{4},,[^,]*,[^,]*,no,done,done,done,open,open,done,open,4,.*");

  @TempDir private Path directory;

  private static WwepProcess.Surroundings engine(boolean onlyJdk) {
    return new WwepProcess.Surroundings(
        List.of(), Map.of(), List.of("-Dio.netty.handler.ssl.noOpenSsl=" + onlyJdk));
  }

  private WwepProcess serve(boolean onlyJdk) {
    return WwepProcess.serve(engine(onlyJdk), directory, "--http", "127.0.0.1:0");
  }

  private Tool.Result board(WwepProcess server, String request, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server.tlsPort(),
                "-servername",
                "localhost",
                "-ign_eof"));
    command.addAll(List.of(options));
    return Tool.of(command.toArray(String[]::new)).run(request, REPLY);
  }

  private String[] verifying(String version) {
    return new String[] {
      version,
      "-verify_return_error",
      "-verify",
      "2",
      "-CAfile",
      directory.resolve("wwep-data/tls/ec.pem").toString()
    };
  }

  private WwepProcess command(String... arguments) {
    return WwepProcess.start(directory, arguments);
  }

  private List<String> list() throws Exception {
    WwepProcess list = command("class");
    assertThat(list.awaitExit()).as("%s", list.errors()).isZero();
    return list.output();
  }

  private WwepProcess probe() {
    WwepProcess probe = command("class", "probe", "0312", "--force");
    probe.awaitLine(line -> line.startsWith("waiting up to 2 min for a TLS connection of 0312"));
    return probe;
  }

  private void awaitDevice() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> list().stream().anyMatch(line -> line.contains("0312")));
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, false", "-tls1_3, false", "-tls1_2, true", "-tls1_3, true"})
  void shouldTellABoardThatVerifiesFromOneThatDoesNot(String version, boolean onlyJdk)
      throws Exception {
    try (WwepProcess server = serve(onlyJdk)) {
      assertThat(board(server, "W0312050001", verifying(version)).out()).contains("A0312050001");
      awaitDevice();

      WwepProcess first = probe();
      assertThat(board(server, "W0312050000", verifying(version)).out())
          .doesNotContain("A0312050000");
      assertThat(first.awaitExit()).as("%s", first.output()).isZero();
      assertThat(first.output().get(1)).contains("hung up with alert", "it verifies the server");

      WwepProcess second = probe();
      assertThat(board(server, "W0312050000", version).out()).contains("A0312050000");
      assertThat(second.awaitExit()).as("%s", second.output()).isEqualTo(1);
      assertThat(second.output().get(1)).contains("does not verify", "anyone could be the server");

      assertThat(board(server, "R031205", verifying(version)).out()).contains("A0312050000");
      server.awaitLine(line -> line.contains("probe: 0312") && line.contains("hung up"));
      assertThat(server.output()).noneMatch(line -> line.contains("tls-failed"));
    }
  }

  @Test
  void shouldLeaveNoProbeBehindWhenItIsToldToEnd() throws Exception {
    try (WwepProcess server = serve(false)) {
      board(server, "W0312050000", "-tls1_3");
      awaitDevice();
      WwepProcess probe = probe();

      probe.terminate();

      assertThat(probe.awaitExit()).as("%s", probe.errors()).isEqualTo(3);
      assertThat(probe.output().get(1)).contains("the probe was called off before 0312 came");
      assertThat(list()).noneMatch(line -> line.contains("a probe waits for it"));
    }
  }

  /** A session that is resumed shows no certificate, so a probe resumes none. */
  @ParameterizedTest
  @CsvSource({
    "-tls1_2, false",
    "-tls1_2 -no_ticket, false",
    "-tls1_3, false",
    "-tls1_2, true",
    "-tls1_3, true"
  })
  void shouldNotBeGotRoundByAResumedSession(String version, boolean onlyJdk) throws Exception {
    Path session = directory.resolve("session");
    String[] kept = (version + " -sess_out " + session).split(" ", -1);
    String[] again = (version + " -sess_in " + session).split(" ", -1);
    try (WwepProcess server = serve(onlyJdk)) {
      board(server, "W0312050001", kept);
      assertThat(board(server, "W0312050000", again).out()).contains("\nReused, TLSv1.");
      awaitDevice();

      WwepProcess probe = probe();
      Tool.Result probed = board(server, "W0312050001", again);

      assertThat(probed.out()).contains("\nNew, TLSv1.").contains("unknown CA");
      assertThat(probe.awaitExit()).as("%s", probe.output()).isEqualTo(1);
    }
  }

  @Test
  void shouldGoOnAfterARestartAndStartInSpiteOfADamagedFile() throws Exception {
    try (WwepProcess server = serve(false)) {
      board(server, "W0312050001", "-tls1_3");
      board(server, "W0312050000", "-tls1_3");
      awaitDevice();
      assertThat(command("class", "name", "0312", "Table 3").awaitExit()).isZero();
      server.terminate();
      assertThat(server.awaitExit()).isIn(0, 143);
    }
    Path file = directory.resolve("wwep-data/class.json");
    assertThat(file).exists();
    try (WwepProcess server = serve(false)) {
      assertThat(list()).anyMatch(line -> line.matches(" +0312 +Table 3 +\\.\\. .* ok .*"));
      board(server, "W0312050001", "-tls1_3");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> list().stream().anyMatch(line -> line.matches(" +0312 +Table 3 +ok .*")));
      // What is killed has kept what happened two seconds before.
      await().until(() -> Files.readString(file).contains("\"changes\":2"));
      server.kill();
    }
    Files.writeString(file, Files.readString(file).substring(7));
    try (WwepProcess server = serve(false)) {
      assertThat(server.output()).anyMatch(line -> line.contains("class.json was damaged"));
      assertThat(list()).anyMatch(line -> line.contains("no device has come yet"));
    }
    assertThat(directory.resolve("wwep-data/class.json.damaged")).exists();
  }

  /** The rehearsal of docs/how-to/teach-this-class.md, with the script that it names. */
  @Test
  void shouldBringThirtyBoardsThroughTheirExercises() throws Exception {
    Path script = Path.of("../docs/how-to/class.wwep").toAbsolutePath();
    try (WwepProcess server = serve(false)) {
      WwepProcess boards =
          command(
              "board",
              "--port",
              String.valueOf(server.plainPort()),
              "--tls-port",
              String.valueOf(server.tlsPort()),
              "--ca",
              "wwep-data/tls/ec.pem",
              "--count",
              "30",
              "--script",
              script.toString());
      assertThat(boards.awaitExit()).as("%s", boards.errors()).isZero();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(rows()).hasSize(30).allMatch(row -> DONE.matcher(row).matches()));
    }
  }

  private List<String> rows() throws Exception {
    WwepProcess list = command("class", "--csv");
    assertThat(list.awaitExit()).as("%s", list.errors()).isZero();
    return list.output().subList(1, list.output().size());
  }
}
