package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The send box: any message by the real ports, with what came back and why. */
@Timeout(120)
class SendBoxTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static void openBox() {
    WALK.open("boards");
    WALK.browser().await("nav");
    WALK.browser().press("s");
    WALK.browser().await("[aria-label='Send box']");
  }

  private static WebElement attempt(String part) {
    return WALK.browser().awaitText(".attempt", part);
  }

  @ParameterizedTest
  @CsvSource({"Plain, plain", "TLS, TLS"})
  void shouldSendByBothPortsAndShowTheReply(String port, String shown) {
    openBox();
    WALK.browser().click(port);
    WALK.browser().fill("Bytes", "W0C110B1234");
    WALK.browser().press(Keys.ENTER);

    assertThat(attempt("A0C110B1234").getText()).contains(shown, "11 bytes", "ms");
    assertThat(WALK.board(3).says("R0C110B")).isEqualTo("A0C110B1234");
  }

  @Test
  void shouldTakeEscapesAndExplainAnXWithTheWrongByteMarked() {
    openBox();
    WALK.browser().fill("Bytes", "W0C120B1234\\0");
    WALK.browser().press(Keys.ENTER);

    WebElement attempt = attempt("too-long");
    assertThat(attempt.getText()).contains("12 bytes", "send strlen(), not sizeof");
    assertThat(attempt.findElement(By.cssSelector("mark")).getText()).isEqualTo("\\x00");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldSayThatNothingCameBackWhereNothingDoes() {
    openBox();
    WALK.browser().fill("Bytes", "\\n");
    WALK.browser().press(Keys.ENTER);

    assertThat(attempt("no reply").getText()).contains("1 byte").doesNotContain("ms");
    WALK.browser().fill("Bytes", "W0C140B1234");
    WALK.browser().press(Keys.ENTER);
    attempt("A0C140B1234");
  }

  @Test
  void shouldTeachTypicalMistakes() {
    openBox();
    WALK.browser().click("Lower-case command");
    attempt("bad-command");
    WALK.browser().click("Line end inside");
    attempt("W0FAC\\x0A0B1234");
    WALK.browser().press(Keys.ESCAPE);
    WALK.browser()
        .awaitUntil("closed box", () -> WALK.browser().all("[aria-label='Send box']").isEmpty());
  }

  @Test
  void shouldBringBackWhatWasSentByArrowKeys() {
    openBox();
    WALK.browser().fill("Bytes", "R0C130B");
    WALK.browser().press(Keys.ENTER);
    attempt("not-written");
    WALK.browser().fill("Bytes", "W0C130B0001");
    WALK.browser().press(Keys.ENTER);
    attempt("A0C130B0001");
    WALK.browser().press(Keys.ARROW_UP);
    WALK.browser().press(Keys.ARROW_UP);

    assertThat(WALK.browser().named("input", "Bytes").getAttribute("value")).isEqualTo("R0C130B");
  }
}
