package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page without a mouse. */
@Timeout(120)
class KeyboardTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String[] VIEWS = {
    "live", "boards", "registers", "history", "time", "server", "board"
  };

  private static void awaitUrl(String part) {
    WALK.browser().awaitUntil(part, () -> WALK.browser().url().contains(part));
  }

  private static String focused() {
    return (String) WALK.browser().run("return document.activeElement.textContent");
  }

  @Test
  void shouldGoToEachViewAndShowItsKeys() {
    WALK.open("");
    WALK.browser().await("nav");
    for (int i = 0; i < VIEWS.length; i++) {
      WALK.browser().press(String.valueOf(i + 1));
      awaitUrl("#/" + VIEWS[i]);
    }

    WALK.browser().press("?");
    assertThat(WALK.browser().awaitText("dialog", "Keys").getText())
        .contains("Everywhere", "Show all keys", "Time machine", "Open or close the send box");
    WALK.requireNoBarriers();
    WALK.browser().press(Keys.ESCAPE);
    WALK.browser().awaitUntil("closed dialog", () -> WALK.browser().all("dialog").isEmpty());
  }

  @Test
  void shouldReachLinesAndTheirFilters() {
    WALK.board(3).says("W1AAE0B0001");
    WALK.board(3).says("W1AAE0B0002");
    WALK.open("live?text=1AAE");
    WALK.browser().awaitText("[data-id]", "W1AAE0B0002");
    WALK.browser().press("j");
    WALK.browser().press("j");
    WALK.browser().press("k");

    assertThat(focused()).contains("A1AAE0B0002");
    WALK.browser().press("d");
    awaitUrl("device=1AAE");
    WALK.browser().press("f");
    WALK.browser().awaitUntil("no filter", () -> !WALK.browser().url().contains("1AAE"));
    WALK.browser().press("/");
    WALK.browser().type("1aae");
    awaitUrl("text=1aae");
  }

  @Test
  void shouldReachBoardsAndWhatTheyLeadTo() {
    WALK.board(3).says("W1BBE0B0001");
    WALK.board(4).says("W1BBF0B0001");
    WALK.open("boards");
    WALK.browser().awaitText(".board", "1BBF");
    WALK.browser().press("/");
    WALK.browser().type("1bbf");
    WALK.browser().awaitUntil("one card", () -> WALK.browser().texts(".board h2").size() == 1);
    WALK.browser().press(Keys.ESCAPE);
    WALK.browser().press("j");
    assertThat(focused()).contains("1BBF");
    WALK.browser().press(Keys.TAB);
    WALK.browser().press(Keys.ENTER);

    awaitUrl("live?device=1BBF");
  }

  @Test
  void shouldShowWhereTheFocusIs() {
    WALK.open("boards");
    WALK.browser().await("nav");
    for (int i = 0; i < 12; i++) {
      WALK.browser().press(Keys.TAB);
      assertThat(
              WALK.browser()
                  .run(
                      """
                      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
                      """))
          .as("focus on '%s'", focused())
          .isEqualTo(true);
    }
  }
}
