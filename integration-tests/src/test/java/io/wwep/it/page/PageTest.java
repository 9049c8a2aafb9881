package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every view of the page has in common, in a real Chromium before a real server. */
@Timeout(120)
class PageTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  @Test
  void shouldShowSomethingWithinASecondAndLoadNothingFromElsewhere() {
    double millis = Quickest.millisOf("the page's first paint", PageTest::firstPaint);

    assertThat(millis).isLessThan(1_000);
    assertThat(WALK.browser().loaded())
        .allMatch(each -> each.startsWith(WALK.server().consoleUrl()));
  }

  private static double firstPaint() {
    WALK.browser().leave();
    WALK.open("");
    WALK.browser().await("nav");
    return WALK.sight().firstPaintMillis();
  }

  @Test
  void shouldStaySmall() {
    WALK.open("");
    WALK.browser().await("nav");

    Number bytes =
        (Number)
            WALK.browser()
                .run(
                    """
                    return performance.getEntriesByType('resource')
                      .filter(each => /\\.(js|css|svg)$/.test(each.name))
                      .reduce((sum, each) => sum + each.encodedBodySize, 0)
                    """);
    assertThat(bytes.longValue()).isBetween(10_000L, 150_000L);
  }

  /** A browser keeps few connections to one server, and pages that were left for a step back. */
  @Test
  void shouldBeOpenedManyTimesAndGoOnAfterAStepBack() {
    for (int i = 0; i < 8; i++) {
      WALK.open("live?device=0FA" + i);
      WALK.browser().awaitText(".connection", "Connected");
      WALK.browser().leave();
    }
    WALK.board(3).says("W0FA7050001");
    WALK.browser().back();

    WALK.browser().awaitText("[role=row]", "W0FA7050001");
    WALK.board(3).says("W0FA7050002");
    WALK.browser().awaitText("[role=row]", "W0FA7050002");
  }

  @Test
  void shouldMoveNothingForThoseWhoAskForLessMotion() {
    WALK.browser().reduceMotion(true);
    WALK.board(3).says("W0FAC050001");
    WALK.open("boards");
    WALK.browser().awaitText(".board", "0FAC");
    WALK.board(3).says("W0FAC050000");
    WALK.browser().awaitText(".board-registers", "05 0000");

    Object moving =
        WALK.browser()
            .run(
                "return document.getAnimations().filter(each => each.playState === 'running'"
                    + " && each.effect.getComputedTiming().duration > 1).length");
    WALK.browser().reduceMotion(false);
    assertThat(((Number) moving).intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 360, 390})
  void shouldShowTheTabThatIsOpenOnAPhone(int width) {
    WALK.browser().look(new Look(width, 780, false));
    WALK.open("server");

    WALK.browser()
        .awaitUntil(
            "tab within the window",
            () ->
                Boolean.TRUE.equals(
                    WALK.browser()
                        .run(
                            """
                            const tab = document.querySelector('nav [aria-current]');
                            const { left, right } = tab.getBoundingClientRect();
                            return tab.textContent === 'Server' && left >= 0 && right < innerWidth + 1;
                            """)));
  }

  @Test
  void shouldRememberTheColoursThatWereChosen() {
    WALK.open("");
    WALK.browser().await("nav");
    String light = background();
    WALK.browser().press("t");
    WALK.browser().press("t");
    WALK.browser().awaitUntil("dark page", () -> !background().equals(light));

    WALK.browser().run("location.reload()");
    WALK.browser().await("nav");
    assertThat(background()).isNotEqualTo(light);
    WALK.browser().press("t");
  }

  private static String background() {
    return (String)
        WALK.browser().run("return getComputedStyle(document.documentElement).backgroundColor");
  }
}
