package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.WwepProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every view of the page has in common, in a real Chromium before a real server. */
@Timeout(120)
class PageTest {

  @TempDir private static Path directory;
  private static WwepProcess server;
  private static Browser browser;

  @BeforeAll
  static void start() {
    server = WwepProcess.serve(directory, "--http", "127.0.0.1:0");
    browser = Browser.start(Browser.Look.LIGHT);
  }

  @AfterAll
  static void stop() {
    browser.close();
    server.close();
  }

  @Test
  void shouldShowSomethingWithinASecondAndLoadNothingFromElsewhere() {
    browser.open(server.consoleUrl());
    browser.await("main");

    assertThat(browser.firstPaintMillis()).isLessThan(1_000);
    assertThat(browser.loaded()).allMatch(each -> each.startsWith(server.consoleUrl()));
    assertThat(browser.complaints()).isEmpty();
  }
}
