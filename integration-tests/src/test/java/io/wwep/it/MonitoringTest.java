package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server gives to Prometheus, and what the folder {@code monitoring} makes of it. */
@Timeout(120)
class MonitoringTest {

  private static final Path FOLDER = Path.of("..", "monitoring");
  private static final Path DASHBOARD = FOLDER.resolve("wwep-dashboard.json");
  private static final Path ALERTS = FOLDER.resolve("wwep-alerts.yml");
  private static final Pattern PAGE = Pattern.compile("\\s*page +(http://\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{.*})? \\S+$");
  private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\S+) \\S+$");
  private static final Pattern EXPRESSION = Pattern.compile("^ +expr: (.+)$");

  @TempDir private static Path directory;
  private static WwepProcess server;
  private static HttpClient client;

  @BeforeAll
  static void serve() throws IOException {
    server = WwepProcess.serve(directory, "--http", "127.0.0.1:0");
    client = HttpClient.newHttpClient();
    exchange(new Socket(InetAddress.getLoopbackAddress(), server.plainPort()));
    exchange(
        Trust.EVERYBODY
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort()));
    try (SSLSocket distrustful =
        (SSLSocket)
            SSLSocketFactory.getDefault()
                .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort())) {
      assertThatExceptionOfType(SSLException.class).isThrownBy(distrustful::startHandshake);
    }
    server.awaitLine(line -> line.contains("tls-failed"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void exchange(Socket opened) throws IOException {
    try (Socket socket = opened) {
      socket
          .getOutputStream()
          .write("W0FAC0B1234\nR0FAC0B\nR0FAC0C\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(23)).hasSize(23);
    }
  }

  private static HttpRequest.Builder request() {
    Matcher page = PAGE.matcher(server.awaitLine(line -> PAGE.matcher(line).matches()));
    assertThat(page.matches()).isTrue();
    return HttpRequest.newBuilder(URI.create(page.group(1)).resolve("/metrics"))
        .timeout(Duration.ofSeconds(10));
  }

  private static HttpResponse<String> scrape(String... headers) throws Exception {
    HttpRequest.Builder request = request();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return text.lines()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> metrics(Stream<String> expressions) {
    return expressions
        .flatMap(each -> PromQl.metrics(each).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> ofDashboard() throws IOException {
    Stream.Builder<String> expressions = Stream.builder();
    try (JsonParser json = new JsonFactory().createParser(DASHBOARD.toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "expr".equals(json.currentName())) {
          expressions.add(json.getText());
        }
      }
    }
    return expressions.build();
  }

  private static Stream<String> ofAlerts() throws IOException {
    return matches(EXPRESSION, Files.readString(ALERTS)).stream();
  }

  @Test
  void shouldAskInDashboardAndAlertsForNothingThatNoScrapeHas() throws Exception {
    Set<String> scraped = matches(SAMPLE, scrape().body());
    // Of Prometheus itself: whether a scrape succeeded.
    scraped.add("up");
    assertThat(scraped).containsAll(metrics(ofDashboard()));
    assertThat(scraped).containsAll(metrics(ofAlerts()));
    assertThat(ofAlerts()).hasSizeGreaterThan(10);
  }

  @Test
  void shouldShowEveryMetricOfOursOnTheDashboard() throws Exception {
    Set<String> shown = metrics(ofDashboard());
    Set<String> families = matches(FAMILY, scrape().body());
    families.removeIf(family -> !family.startsWith("wwep_"));
    assertThat(families).hasSizeGreaterThan(25);
    assertThat(families)
        .allSatisfy(family -> assertThat(shown).anyMatch(name -> name.startsWith(family)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wwep_durable == 0 | wwep_durable",
        "time() - wwep_since{instance=~\"$instance\"} < 500e6 | wwep_since",
        "sum by (le, instance) (rate(a_bucket[5m])) / on (job) b{x=\"c\"} | a_bucket b",
        "a or predict_linear(b[6h], 86400) < 0 unless c | a b c"
      })
  void shouldFindTheMetricsOfAnExpression(String expression, String metrics) {
    assertThat(String.join(" ", PromQl.metrics(expression))).isEqualTo(metrics);
  }

  @Test
  void shouldCountWhatHappened() throws Exception {
    assertThat(scrape().body())
        .contains("\nwwep_requests_total{outcome=\"accepted\"} 4.0\n")
        .contains("\nwwep_requests_total{outcome=\"not-written\"} 2.0\n")
        .contains("\nwwep_requests_total{outcome=\"tls-failed\"} 1.0\n")
        .contains("\nwwep_frames_total{kind=\"write\"} 2.0\n")
        .contains("\nwwep_connections_accepted_total{door=\"tls\"} 2.0\n")
        .contains("\nwwep_tls_handshakes_total{version=\"TLSv1.3\"} ")
        .contains(
            "\nwwep_tls_handshakes_failed_total{cause=\"received_certificate_unknown\"} 1.0\n")
        .contains("\nwwep_commit_writes_sum 2.0\n")
        .contains("\nwwep_history_writes 2.0\n")
        .contains("\nwwep_limit{limit=\"max-connections\"} 10000.0\n")
        .contains("\nwwep_durable 1.0\n")
        .contains("\nwwep_registers 1.0\n");
  }

  @Test
  void shouldSpeakTheFormatThatIsAskedFor() throws Exception {
    HttpResponse<String> plain = scrape();
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(plain.headers().firstValue("Cache-Control")).hasValue("no-store");
    HttpResponse<String> open =
        scrape("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5,*/*;q=0.1");
    assertThat(open.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.body()).endsWith("# EOF\n");
    assertThat(scrape("Accept", "image/png").statusCode()).isEqualTo(406);
  }

  /** Prometheus scrapes each 15 s or so; a scrape may be as slow as that of many at a time here. */
  @Test
  void shouldServeManyScrapesAtATime() {
    List<CompletableFuture<HttpResponse<String>>> scrapes =
        Stream.generate(() -> client.sendAsync(request().build(), BodyHandlers.ofString()))
            .limit(50)
            .toList();
    assertThat(scrapes)
        .allSatisfy(each -> assertThat(each.join().body()).contains("\nwwep_durable 1.0\n"));
  }

  @Test
  void shouldPleasePromtool() throws Exception {
    Tool check = Tool.of("promtool", "check", "metrics");
    Tool.Result metrics = check.run(scrape().body());
    assertThat(metrics.err()).isEmpty();
    assertThat(metrics.exit()).isZero();
    Tool.Result rules = Tool.of("promtool", "check", "rules", ALERTS.toString()).run("");
    assertThat(rules.exit()).as(rules.out() + rules.err()).isZero();
    Tool.Result config =
        Tool.of("promtool", "check", "config", FOLDER.resolve("prometheus.yml").toString()).run("");
    assertThat(config.exit()).as(config.out() + config.err()).isZero();
  }

  /** As rules, since promtool checks the expressions of nothing else. */
  @Test
  void shouldAskOnTheDashboardWhatPrometheusUnderstands(@TempDir Path folder) throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    List<String> expressions = ofDashboard().toList();
    for (int i = 0; i < expressions.size(); i++) {
      String filled =
          expressions.get(i).replace("$__rate_interval", "5m").replace("$instance", ".*");
      rules
          .append("  - record: panel:%d\n    expr: '".formatted(i))
          .append(filled.replace("'", "''"))
          .append("'\n");
    }
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    Tool.Result result = Tool.of("promtool", "check", "rules", file.toString()).run("");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains(expressions.size() + " rules found");
  }
}
