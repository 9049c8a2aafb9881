package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody who knows nothing opens the console at its bare address, and sees within ten seconds why
 * their board got an X: without a click, and without scrolling.
 */
@Timeout(120)
class FirstGlanceTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String CAUSE = "the string's terminating NUL was sent too";
  private static final String CURE = "send strlen(), not sizeof";

  private static Stream<Look> looks() {
    return Stream.of(Look.LIGHT, Look.DARK, Look.PHONE);
  }

  @ParameterizedTest
  @MethodSource("looks")
  void shouldSayAtAGlanceWhyABoardGotAnX(Look look) {
    WALK.browser().look(look);
    assertThat(WALK.board(7).says("W0FAC0B1234\0")).isEqualTo("X");

    requireExplanationWithinTenSeconds();
  }

  /** The rest of the class goes on, and its lines push the one with the X out of sight. */
  @ParameterizedTest
  @MethodSource("looks")
  void shouldSayAtAGlanceWhyABoardGotAnXAmongManyThatGotNone(Look look) {
    WALK.browser().look(look);
    assertThat(WALK.board(7).says("W0FAC0B1234\0")).isEqualTo("X");
    for (int i = 0; i < 60; i++) {
      String frame = "W01%02X050001".formatted(i);
      assertThat(WALK.board(10 + i).says(frame)).isEqualTo(frame.replace('W', 'A'));
    }

    requireExplanationWithinTenSeconds();
  }

  private static void requireExplanationWithinTenSeconds() {
    double millis =
        Quickest.millisOf(
            "cause and cure are to be seen",
            () -> Quickest.millis(FirstGlanceTest::openAndAwaitExplanation));
    assertThat(millis).isLessThan(10_000);
    assertThat(WALK.sight().text()).contains("too-long", "0FAC");
    assertThat(WALK.browser().url()).doesNotContain("?");
  }

  private static void openAndAwaitExplanation() {
    WALK.browser().leave();
    WALK.open("");
    WALK.browser()
        .awaitUntil(
            "cause and cure in the first screen",
            () -> WALK.sight().text().contains(CAUSE) && WALK.sight().text().contains(CURE));
  }
}
