package io.wwep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

final class HtmlReportTest {

  private static final Target TARGET = Target.of("127.0.0.1", 27708, null, false);

  private static Histogram latencies() {
    Histogram latencies = Interval.histogram();
    for (int i = 1; i <= 100_000; i++) {
      latencies.recordValue(i * 1000L);
    }
    return latencies;
  }

  private static Result result(Histogram latencies, List<Second> seconds) {
    return new Result(new Latencies(latencies), seconds, 2, 7, 0, 0, Map.of(Fault.CLOSED, 3L), 0.5);
  }

  private static List<Second> seconds() {
    return List.of(
        new Second(false, 1, 40_000, 1, 2, 0, 0), new Second(false, 2, 60_000, 1, 2, 7, 3));
  }

  @Test
  void shouldShowWhatWasMeasured() {
    String page = HtmlReport.of(TARGET, Load.DEFAULT, result(latencies(), seconds()));
    assertThat(page)
        .contains(
            "50,000 requests a second", "50.00 ms", "99.99%", "connections that the server closed")
        .doesNotContain("<script", "http://", "https://");
  }

  /** What is no well-formed XML is no well-formed page either. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void shouldBeWellFormed(boolean hasLatencies, boolean hasSeconds) throws Exception {
    Result result =
        result(
            hasLatencies ? latencies() : Interval.histogram(), hasSeconds ? seconds() : List.of());
    String page = HtmlReport.of(TARGET, Load.DEFAULT, result);
    String xml = page.substring(page.indexOf("<body>"), page.indexOf("</body>")) + "</body>";
    assertThat(xml).doesNotContain("NaN", "Infinity");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1.5, 2", "3, 5", "7, 10", "10, 10", "11, 20", "123456, 200000"})
  void shouldRoundUpToWhatPeopleReadEasily(double number, double expected) {
    assertThat(RateChart.roundUp(number)).isEqualTo(expected);
  }
}
