package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The cards of boards, and the send box, before a real server. */
@Timeout(120)
class BoardsViewTest {

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

  @BeforeEach
  void open() {
    browser.open("about:blank");
    browser.open(server.consoleUrl() + "#/boards");
    browser.await(".boards");
  }

  private static void send(String message) throws IOException {
    Visit.plain(null, server.plainPort()).pay(message);
  }

  private static boolean hasLedOn(String device) {
    return browser.awaitText(".board", device).findElements(By.cssSelector(".led-on")).size() == 1;
  }

  @Test
  void shouldDrawTheLedAsTheBoardSwitchesIt() throws IOException {
    send("W1BBA050001");
    browser.awaitUntil("LED that is on", () -> hasLedOn("1BBA"));

    send("W1BBA050000");

    browser.awaitUntil("LED that is off", () -> !hasLedOn("1BBA"));
  }

  @Test
  void shouldSayWhatAStuckBoardHasToDo() throws IOException {
    for (int i = 0; i < 3; i++) {
      send("W1BBB0B12G4");
    }

    WebElement card = browser.awaitText(".board-stuck", "1BBB");

    assertThat(card.findElement(By.cssSelector(".board-why")).getText()).contains("hex digit");
    assertThat(card.findElement(By.cssSelector("mark")).getText()).isEqualTo("G");
  }

  @Test
  void shouldFindABoardByAPartOfItsId() throws IOException {
    send("W1BBC0B0001");
    send("W2BBC0B0001");
    browser.awaitText(".board", "2BBC");

    browser.press("/");
    browser.press("1bbc");

    browser.awaitUntil("one card", () -> browser.all(".board").size() == 1);
    assertThat(browser.await(".board").getText()).contains("1BBC");
    assertThat(browser.url()).contains("text=1bbc");
  }

  @Test
  void shouldExplainATypicalMistakeInTheSendBox() {
    browser.press("s");
    browser.await(".send");

    browser.awaitText(".send button", "NUL sent too").click();

    WebElement attempt = browser.awaitText(".attempt", "send strlen(), not sizeof");
    assertThat(attempt.findElement(By.cssSelector("mark")).getText()).isEqualTo("\\x00");
  }

  @Test
  void shouldSendByKeysAlone() {
    browser.press("s");
    browser.await(".send");

    browser.press("W1BBD0B0042");
    browser.press("\n");

    browser.awaitText(".attempt", "A1BBD0B0042");
    browser.awaitText(".board", "1BBD");
  }
}
