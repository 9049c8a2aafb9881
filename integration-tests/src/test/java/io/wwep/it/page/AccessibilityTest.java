package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every view in light, dark and on a phone: nothing keeps anybody out, nothing sticks out. */
@Timeout(180)
class AccessibilityTest {

  private static final List<String> VIEWS =
      List.of(
          "live", "boards", "registers/1CCA", "history?registers=1CCA05", "time", "server", "none");

  @TempDir private static Path directory;
  private static WwepProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = WwepProcess.serve(directory, "--http", "127.0.0.1:0");
    for (String message : List.of("W1CCA050001", "W1CCA0B1234\0", "R1CCB0B", "hello")) {
      Visit.plain(null, server.plainPort()).pay(message);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Browser.Look.class)
  void shouldKeepNobodyOutAndStickOutNowhere(Browser.Look look) {
    try (Browser browser = Browser.start(look)) {
      for (String view : VIEWS) {
        browser.open("about:blank");
        browser.open(server.consoleUrl() + "#/" + view);
        browser.await("main > *");

        assertThat(browser.barriers()).as(view).isEmpty();
        assertThat(wider(browser)).as(view).isLessThanOrEqualTo(0);
      }
      browser.press("s");
      browser.await(".send");
      assertThat(browser.barriers()).as("the send box").isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static long wider(Browser browser) {
    return (long)
        browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
