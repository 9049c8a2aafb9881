package io.wwep.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rule that a soak is judged by sees a leak, and no outlier. */
class SeriesTest {

  private static final int MINUTES = 30;

  private static Series rss(DoubleUnaryOperator byMinute) {
    List<Interval> intervals =
        IntStream.rangeClosed(1, MINUTES)
            .mapToObj(
                minute -> {
                  double rss = byMinute.applyAsDouble(minute);
                  return new Interval(minute, 1, 1, 1, 1, 1, rss, Double.NaN, 1, 1);
                })
            .toList();
    return Series.of(intervals, Interval::rssMiB);
  }

  @Test
  void shouldExtrapolateASteadyLeak() {
    assertThat(rss(minute -> 100 + minute).growthInADay()).isCloseTo(1_440, within(1e-6));
  }

  @Test
  void shouldNotMindAnOutlierOrAWarmUp() {
    Series series = rss(minute -> minute == 20 ? 500 : minute < 10 ? 10 * minute : 100);
    assertThat(series.growthInADay()).isZero();
    assertThat(series.first()).isLessThan(series.last());
  }

  @Test
  void shouldCompareTheFirstThirdWithTheLast() {
    Series series = rss(minute -> minute);
    assertThat(series.first()).isEqualTo(5.5);
    assertThat(series.last()).isEqualTo(25.5);
  }

  @Test
  void shouldLeaveOutWhatWasNotMeasured() {
    assertThat(rss(minute -> minute % 2 == 0 ? minute : Double.NaN).size()).isEqualTo(MINUTES / 2);
  }
}
