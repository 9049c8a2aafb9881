package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The live view before a real server: what somebody sees of what was sent, and what holds still.
 */
@Timeout(120)
class LiveViewTest {

  private static final String LINES = "[data-id]";

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

  private static void send(WwepProcess to, String message) throws IOException {
    Visit.plain(null, to.plainPort()).pay(message);
  }

  private static void send(String message) throws IOException {
    send(server, message);
  }

  /** Another hash alone would load nothing anew. */
  private static void open(String url) {
    browser.open("about:blank");
    browser.open(url);
  }

  private static void awaitLines(int count) {
    browser.awaitUntil(count + " lines", () -> browser.all(LINES).size() == count);
  }

  @Test
  void shouldShowWhichByteWasWrongAndWhatToDo() throws IOException {
    send("W1AAA0B1234\0");

    open(server.consoleUrl());
    WebElement line = browser.awaitText(".row-bad", "send strlen(), not sizeof");

    assertThat(line.findElement(By.cssSelector("mark")).getText()).isEqualTo("\\x00");
    assertThat(line.getText()).contains("1AAA", "too-long");
    browser.awaitText(".strip", "send strlen(), not sizeof");
  }

  @Test
  void shouldShowWhatComesWhileItIsOpen() throws IOException {
    open(server.consoleUrl() + "#/live?device=1AA0");
    browser.awaitText("h2", "Nothing matches the filter yet");

    send("W1AA00B1234");

    browser.awaitText(LINES, "A1AA00B1234");
  }

  @Test
  void shouldHoldStillWhilePausedAndCountWhatComes() throws IOException {
    send("W1AAB0B0001");
    open(server.consoleUrl() + "#/live?device=1AAB");
    awaitLines(1);

    browser.press("p");
    browser.awaitText(".toolbar-end", "Go on");
    send("W1AAB0B0002");
    send("W1AAB0B0003");

    browser.awaitText(".toolbar-end", "2 new");
    assertThat(browser.all(LINES)).hasSize(1);
    browser.press("p");
    awaitLines(3);
  }

  @Test
  void shouldKeepTheFilterInTheLink() throws IOException {
    send("W1AAC0B0001");
    send("W1AAD0B0001");
    open(server.consoleUrl());

    browser.awaitText(".cell-device button", "1AAC").click();
    browser.awaitUntil("filter in the link", () -> browser.url().contains("device=1AAC"));
    awaitLines(1);

    open(browser.url());
    awaitLines(1);
    assertThat(browser.await(LINES).getText()).contains("A1AAC0B0001");
  }

  @Test
  void shouldSayWhatIsWrongWithAFilter() {
    open(server.consoleUrl() + "#/live?device=XYZ");

    browser.awaitText("[role=alert]", "4 hex digits");
  }

  @Test
  void shouldReachLinesAndTheirFiltersByKeys() throws IOException {
    send("W1AAE0B0001");
    send("W1AAE0B0002");
    open(server.consoleUrl() + "#/live?text=1AAE");
    awaitLines(2);

    browser.press("j");
    browser.press("j");
    browser.press("k");

    assertThat(browser.run("return document.activeElement.textContent").toString())
        .contains("A1AAE0B0002");
    browser.press("d");
    browser.awaitUntil("filter in the link", () -> browser.url().contains("device=1AAE"));
    browser.press("f");
    browser.awaitUntil("no filter", () -> !browser.url().contains("1AAE"));
  }

  @Test
  void shouldShowAllKeys() {
    open(server.consoleUrl());
    browser.await(".toolbar");

    browser.press("?");
    WebElement keys = browser.await("dialog");

    assertThat(keys.getText()).contains("Live", "Pause", "Search", "Time machine");
    browser.press(Keys.ESCAPE);
    browser.awaitUntil("no dialog", () -> browser.all("dialog").isEmpty());
  }

  @Test
  void shouldSayWhatToSendWhileNothingHasCome(@TempDir Path data) {
    try (WwepProcess quiet = WwepProcess.serve(data, "--http", "127.0.0.1:0")) {
      open(quiet.consoleUrl());

      browser.awaitText(".command", String.valueOf(quiet.plainPort()));
    }
  }

  @Test
  void shouldGoOnWhenTheServerHasBeenStartedAgain(@TempDir Path data) throws IOException {
    URI console;
    try (WwepProcess first = WwepProcess.serve(data, "--http", "127.0.0.1:0")) {
      console = URI.create(first.consoleUrl());
      open(first.consoleUrl());
      send(first, "W1AAF0B0001");
      browser.awaitText(LINES, "A1AAF0B0001");
    }
    browser.awaitText(".connection", "No answer");

    try (WwepProcess second = WwepProcess.serve(data, "--http", console.getAuthority())) {
      send(second, "W1AAF0B0002");
      browser.awaitText(LINES, "A1AAF0B0002");
      browser.awaitText(".connection", "Connected");
      assertThat(browser.text()).doesNotContain("A1AAF0B0001");
    }
    // Browsers tell each attempt that failed.
    assertThat(browser.complaints()).allMatch(each -> each.contains("ERR_"));
  }
}
