package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BenchCommandTest {

  private static TestServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Run bench(int port, String... options) {
    List<String> all = new ArrayList<>(List.of("bench", "--port", String.valueOf(port)));
    all.addAll(List.of("--warmup", "1ms", "--duration", "400ms", "--devices", "5"));
    all.addAll(List.of(options));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void shouldPrintASummary() {
    Run run = bench(server.plainPort(), "--writes", "10", "--connections", "3");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("3 connections, 1 in flight on each, 10% writes")
        .contains("Writing to registers 00 to 0F of devices FFFB to FFFF")
        .containsPattern("[\\d,]+ requests a second \\([\\d,]+ in 0\\.[4-9] s\\)")
        .containsPattern("p99\\.99 +[\\d.]+ [mu]s")
        .doesNotContain("X:", "\r");
  }

  @Test
  void shouldSayWhyReadsAreAnsweredX() {
    Run run = bench(server.plainPort(), "--devices", "60000", "--registers", "256");
    assertThat(run.out()).contains("nobody has written these registers");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldPrintOneObject() {
    Run run = bench(server.plainPort(), "--json", "--rate", "500");
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"host\":\"localhost\"")
        .contains("\"ratePerSecond\":500.0", "\"p99.9\":", "\"faults\":{}", "\"exitCode\":0}");
  }

  @Test
  void shouldWriteAReport() throws Exception {
    Path report = directory.resolve("load.html");
    Run run = bench(server.plainPort(), "--report", report.toString());
    assertThat(run.out()).contains("Report: " + report);
    assertThat(Files.readString(report)).contains("requests a second", "</html>");
  }

  @Test
  void shouldRefuseAReportThatCannotBeWrittenBeforeItLoads() {
    Run run = bench(server.plainPort(), "--report", directory.resolve("no/load.html").toString());
    run.failsWith(ExitCode.USAGE, "the report cannot be written", "name a file");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldHintAtTlsWhenItIsTheTlsPort() {
    Run run = bench(server.tlsPort());
    assertThat(run.out()).contains("add --tls");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
  }

  @Test
  void shouldSayThatTheServerIsNotTrusted() {
    Run run = bench(server.tlsPort(), "--tls");
    assertThat(run.err()).contains("is not trusted").doesNotContain("Exception");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
  }

  @Test
  void shouldLoadOverTls() {
    Run run = bench(server.tlsPort(), "--insecure", "--one-shot", "--resume");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 0",
        "--pipeline 5000",
        "--writes 101",
        "--devices 0",
        "--registers 257",
        "--rate 0",
        "--idle -1",
        "--threads 65",
        "--duration 0s",
        "--resume",
        "--host 192.0.2.1"
      })
  void shouldRefuseWhatItDoesNotDo(String options) {
    bench(server.plainPort(), options.split(" ", -1)).failsWith(ExitCode.USAGE, ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--host 192.0.2.1", "--report /nowhere/load.html"})
  void shouldPrintOneObjectForRefusalsToo(String options) {
    Run run = bench(server.plainPort(), ("--json " + options).split(" ", -1));
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out()).startsWith("{\"error\":\"").endsWith("\"exitCode\":2}\n");
    assertThat(run.err()).startsWith("wwep: ");
  }

  @Test
  void shouldKeepAnEarlierReportUntilThereIsANewOne() throws Exception {
    Path report = Files.writeString(directory.resolve("load.html"), "earlier");
    assertThat(bench(server.tlsPort(), "--tls", "--report", report.toString()).exitCode())
        .isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(report).hasContent("earlier");
  }

  @Test
  void shouldWriteNoReportOverAServersFiles() throws Exception {
    Path data = directory.resolve("data");
    try (Serving served = Serving.start("--data", data.toString(), "--no-tls")) {
      served.exchange("W0FAC0B1234");
      for (String name : List.of("wwep.db", "wwep.db-wal", "wwep.lock")) {
        Run run = bench(served.plainPort(), "--report", data.resolve(name).toString());
        run.failsWith(ExitCode.USAGE, name + " is one of a server's own files");
      }
      assertThat(served.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
    }
    assertThat(Run.of("check", data.toString()).exitCode()).isZero();
  }

  @Test
  void shouldPrintNumbersAlikeInAllCountries() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Run run = bench(server.plainPort(), "--connections", "1000");
      assertThat(run.out())
          .contains("1,000 connections")
          .containsPattern(" in 0\\.\\d s\\)")
          .containsPattern("took \\d\\.\\d\\d of a processor");
    } finally {
      Locale.setDefault(before);
    }
  }
}
