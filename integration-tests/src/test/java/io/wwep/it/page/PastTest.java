package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The time machine before a past that goes on. */
@Timeout(120)
class PastTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  @Test
  void shouldGoThroughThePastBySliderAndKeys() {
    WALK.board(3).says("W0F030B0001");
    WALK.board(3).says("W0F030B0002");
    WALK.open("time?device=0F03");
    WebElement slider = WALK.browser().named("input[type=range]", "Moment of the past");
    WALK.browser().named(".past-cell", "0B: 0002");
    slider.sendKeys(Keys.HOME);

    WALK.browser().awaitText(".moment", "after write 1 of");
    WALK.browser().awaitUntil("link", () -> WALK.browser().url().contains("at="));
    slider.sendKeys(Keys.END);
    WALK.browser().named(".past-cell", "0B: 0002");
    WALK.browser().press("[");
    WALK.browser().named(".past-cell", "0B: 0001");
    WALK.browser().press("n");
    WALK.browser().named(".past-cell", "0B: 0002");
    WALK.browser()
        .awaitUntil(
            "a link to the present", () -> !WALK.browser().url().matches(".*[?&](at|n)=.*"));
  }

  @Test
  void shouldNotSetBackWhatABoardWroteWhileItWasAsked() {
    Board board = WALK.board(3);
    board.says("W0F040B0001");
    board.says("W0F040B0002");
    WALK.open("time?device=0F04");
    WALK.browser().named(".past-cell", "0B: 0002");
    WALK.browser().click("‹ Previous write");
    WALK.browser().named(".past-cell", "0B: 0001");
    WALK.browser().click("Compare with now");
    WALK.browser().named("input[type=checkbox]", "Set 0F04 0B back").click();
    WALK.browser().click("Set back");
    WALK.browser().awaitText("dialog", "0B: 0002 → 0001");
    board.says("W0F040B0003");
    WALK.browser().awaitText("tbody tr", "0003");

    assertThat(WALK.browser().await("dialog").getText()).contains("0B: 0002 → 0001");
    WALK.browser().click("Write 1 register");
    WALK.browser().awaitText("dialog", "0F04: a register was written meanwhile");
    assertThat(board.says("R0F040B")).isEqualTo("A0F040B0003");
    WALK.requireComplaintsOf("status of 412");
  }
}
