package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A class on the boards page: names, exercises, probes and exports. */
@Timeout(120)
class ClassroomTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String CARDS = ".board";

  private static WebElement card(String part) {
    return WALK.browser().awaitText(CARDS, part);
  }

  @Test
  void shouldShowTheExercisesOfABoardAndWhatIsMissing() {
    Board board = WALK.board(3);
    board.says("W0311050001");
    board.says("W0311050000");
    WALK.open("boards?text=0311");
    assertThat(card("0311").getText()).contains("01: it wrote 0000 and 0001: one more press");

    board.says("W0311050001");

    card("02: it has sent no illegal packet: send one, such as W031105 without a value");
    board.says("W031105\n");
    WebElement row = WALK.browser().await("ol[aria-label='2 of 7 exercises done']");
    assertThat(row.findElements(By.cssSelector(".chip-good"))).hasSize(2);
    assertThat(row.findElement(By.cssSelector("li")).getAttribute("title"))
        .startsWith("Exercise 01, toggles an LED and sends its state: done, ");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldNameABoardByKeysAloneAndFindItByItsName() {
    WALK.board(4).says("W0301050001");
    WALK.board(5).says("W0302050001");
    WALK.open("boards?text=030");
    card("0301");
    WALK.browser().named("button", "name it, 0301").sendKeys(Keys.ENTER);
    WALK.browser().await("input[aria-label='Name of 0301']");

    WALK.browser().type("Table 3j");
    WALK.browser().press(Keys.BACK_SPACE);
    WALK.browser().press(Keys.ENTER);

    card("Table 3");
    WALK.open("boards?text=table%203");
    WALK.browser().awaitUntil("one card", () -> WALK.browser().all(CARDS + " h2").size() == 1);
    assertThat(card("Table 3").getText()).contains("0301");
    WALK.browser().named("button", "Table 3, change the name").sendKeys(Keys.ENTER);
    WALK.browser().await("input[aria-label='Name of 0301']").sendKeys("x", Keys.ESCAPE);
    WALK.browser().named("button", "Table 3, change the name");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldProbeABoardAndSayWhatItFound() {
    Board board = WALK.board(6);
    assertThat(board.saysByTls("W0303050001")).isEqualTo("A0303050001");
    WALK.open("boards?text=0303");
    card("whether it verifies the server only a probe can tell");
    WALK.browser().named("button", "Probe 0303").click();
    card("waiting for a TLS message from " + board.address());
    WALK.browser().named("button", "Call off the probe of 0303");
    WALK.requireNoBarriers();

    // Its session would be resumed, if a probe resumed any.
    assertThat(board.saysByTls("W0303050000")).isEqualTo("A0303050000");

    assertThat(card("does not verify").getText()).contains("anyone could be the server");
    WALK.requireNoBarriers();
    WALK.open("live?kind=probe&device=0303");
    WALK.browser().awaitText("[role=row][data-id]", "0303 was shown a certificate");
  }

  @Test
  void shouldExportTheClass() throws Exception {
    WALK.board(7).says("W0304050001");
    WALK.open("boards?text=0304");
    card("0304");
    try (Downloads downloads = new Downloads(WALK.browser())) {
      WALK.browser().click("Export");
      WALK.browser().named("[role=menuitem]", "CSV").click();
      assertThat(downloads.await(".csv"))
          .startsWith("device,name,address,seen,stuck,01,02,03,04,05,06,07,done,verifies,")
          .contains("0304,,127.0.0.7,")
          .contains("going on");
      WALK.browser().click("Export");
      WALK.browser().named("[role=menuitem]", "Markdown").click();
      assertThat(downloads.await(".md")).contains("| 0304 |  | going on |");
    }
  }
}
