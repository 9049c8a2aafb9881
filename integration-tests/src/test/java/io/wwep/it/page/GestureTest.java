package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.interactions.Interaction;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.interactions.WheelInput.ScrollOrigin;

/** The chart of the history under a mouse, a wheel and fingers: what part of the time it shows. */
@Timeout(120)
class GestureTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final Instant FROM = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-01T12:10:00Z");

  /** The size of a pixel, and what a browser rounds away of it. */
  private static final double PIXELS = 3;

  private Plot plot;

  /** Where the plot is in the window, in CSS pixels. */
  private record Plot(double left, double width, double middle) {

    int x(double part) {
      return (int) Math.round(left + width * part);
    }

    int y() {
      return (int) Math.round(middle);
    }
  }

  /** What the chart shows, in parts of what it showed first: 0 is its beginning, 1 its end. */
  private record Shown(double from, double to) {

    static Shown now() {
      return new Shown(part("from"), part("to"));
    }

    private static double part(String member) {
      String text = WALK.browser().url().replaceFirst(".*[?&]%s=([^&]*).*".formatted(member), "$1");
      double millis = Instant.parse(text).toEpochMilli() - FROM.toEpochMilli();
      return millis / (TO.toEpochMilli() - FROM.toEpochMilli());
    }

    double width() {
      return to - from;
    }
  }

  @BeforeAll
  static void write() {
    WALK.board(3).says("W0E0505000A");
  }

  @BeforeEach
  void openChart() {
    WALK.open("history?r=0E0505&from=%s&to=%s".formatted(FROM, TO));
    WALK.browser().await(".history-chart .u-over");
    awaitShown(shown -> shown.from == 0 && shown.to == 1);
    List<?> place =
        (List<?>)
            WALK.browser()
                .run(
                    """
                    const over = document.querySelector('.history-chart .u-over');
                    const { left, top, width, height } = over.getBoundingClientRect();
                    return [left, width, top + height / 2];
                    """);
    plot = new Plot(number(place.get(0)), number(place.get(1)), number(place.get(2)));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static Shown awaitShown(Predicate<Shown> wanted) {
    List<Shown> found = new ArrayList<>();
    WALK.browser()
        .awaitUntil(
            "such a span",
            () -> {
              boolean past = WALK.browser().url().contains("from=");
              boolean there = past && wanted.test(Shown.now());
              if (there) {
                found.add(Shown.now());
              }
              return there;
            });
    return found.get(0);
  }

  /** Waits until the page's address has what the last gesture made of it. */
  private void requireShown(double from, double to) {
    double near = PIXELS / plot.width;
    Shown shown =
        awaitShown(each -> Math.abs(each.from - from) <= near && Math.abs(each.to - to) <= near);
    assertThat(shown.width()).isCloseTo(to - from, within(2 * near));
  }

  @Test
  void shouldShowWhatTheMouseSelects() {
    WALK.browser()
        .mouse()
        .moveToLocation(plot.x(0.25), plot.y())
        .clickAndHold()
        .moveToLocation(plot.x(0.5), plot.y())
        .moveToLocation(plot.x(0.75), plot.y())
        .release()
        .perform();

    requireShown(0.25, 0.75);
  }

  @Test
  void shouldShowLessAroundThePointerWhenTheWheelTurnsUpAndMoreWhenItTurnsDown() {
    double factor = Math.exp(-400 * 0.0016);
    turnWheel(plot.x(0.25), 0, -400);
    requireShown(0.25 - 0.25 * factor, 0.25 + 0.75 * factor);

    turnWheel(plot.x(0.25), 0, 400);
    requireShown(0, 1);
    turnWheel(plot.x(0.5), 0, 400);
    requireShown(0.5 - 0.5 / factor, 0.5 + 0.5 / factor);
  }

  @Test
  void shouldMoveWhenTheWheelTurnsSideways() {
    int pixels = (int) (plot.width / 4);
    turnWheel(plot.x(0.5), pixels, 0);
    requireShown(0.25, 1.25);

    turnWheel(plot.x(0.5), -2 * pixels, 0);
    requireShown(-0.25, 0.75);
  }

  private void turnWheel(int x, int right, int down) {
    WALK.browser()
        .mouse()
        .scrollFromOrigin(ScrollOrigin.fromViewport(x, plot.y()), right, down)
        .perform();
  }

  /** On one page, since the driver loses a single finger on the one behind that of a pinch. */
  @Test
  void shouldMoveWithAFingerAndZoomWithTwo() {
    fingers(new double[] {0.75, 0.7, 0.6, 0.5});
    requireShown(0.25, 1.25);

    fingers(new double[] {0.25, 0.5, 0.75});
    requireShown(-0.25, 0.75);
    fingers(new double[] {0.25, 0.5});
    requireShown(-0.5, 0.5);
    fingers(new double[] {0.75, 0.25});
    requireShown(0, 1);

    // What is under each finger stays there.
    fingers(new double[] {0.4, 0.35, 0.3}, new double[] {0.6, 0.65, 0.7});
    requireShown(0.25, 0.75);

    fingers(new double[] {0.1, 0.2, 0.3}, new double[] {0.9, 0.8, 0.7});
    requireShown(0, 1);

    fingers(new double[] {0.2, 0.2, 0.2}, new double[] {0.4, 0.5, 0.6});
    requireShown(0.1, 0.6);
  }

  /** Has each finger touch the plot and go from place to place, all at the same time. */
  private void fingers(double[]... paths) {
    List<Sequence> all = new ArrayList<>();
    for (double[] path : paths) {
      PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger " + all.size());
      Sequence moves = new Sequence(finger, 0);
      moves.addAction(to(finger, path[0]));
      moves.addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
      for (double part : path) {
        moves.addAction(to(finger, part));
      }
      moves.addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
      all.add(moves);
    }
    WALK.browser().perform(all);
  }

  private Interaction to(PointerInput finger, double part) {
    return finger.createPointerMove(
        Duration.ZERO, PointerInput.Origin.viewport(), plot.x(part), plot.y());
  }
}
