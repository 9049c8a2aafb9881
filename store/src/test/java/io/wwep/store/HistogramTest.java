package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wwep.store.Histogram.Snapshot;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HistogramTest {

  @Test
  void shouldTellTimesInSeconds() {
    Histogram times = Histogram.ofTimes();
    times.record(TimeUnit.MICROSECONDS.toNanos(50));
    times.record(TimeUnit.MICROSECONDS.toNanos(50) + 1);
    times.record(TimeUnit.SECONDS.toNanos(10));
    times.record(TimeUnit.MINUTES.toNanos(1));
    Snapshot snapshot = times.snapshot();

    assertThat(snapshot.bounds()).startsWith(0.000_01, 0.000_025, 0.000_05).endsWith(5.0, 10.0);
    assertThat(countUpTo(snapshot, 0.000_05)).isOne();
    assertThat(countUpTo(snapshot, 0.000_1)).isOne();
    assertThat(countUpTo(snapshot, 10.0)).isOne();
    assertThat(snapshot.counts().get(snapshot.bounds().size())).isOne();
    assertThat(snapshot.count()).isEqualTo(4);
    assertThat(snapshot.sum()).isCloseTo(70.0001, within(1e-6));
  }

  private static long countUpTo(Snapshot snapshot, double bound) {
    return snapshot.counts().get(snapshot.bounds().indexOf(bound));
  }

  @Test
  void shouldCountEachValueInTheFirstBucketThatTakesIt() {
    long seed = System.nanoTime();
    System.out.println("HistogramTest seed " + seed);
    Random random = new Random(seed);
    Histogram sizes = Histogram.ofSizes();
    List<Double> bounds = sizes.snapshot().bounds();
    long[] expected = new long[bounds.size() + 1];
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      int value = random.nextInt(1 << random.nextInt(17));
      sizes.record(value);
      int at = Collections.binarySearch(bounds, (double) value);
      expected[at < 0 ? -at - 1 : at]++;
      sum += value;
    }
    assertThat(sizes.snapshot().counts()).containsExactly(boxed(expected));
    assertThat(sizes.snapshot().sum()).isEqualTo(sum);
  }

  private static Long[] boxed(long[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Long[]::new);
  }

  @Test
  void shouldRecordManyAtOnce() {
    Histogram sizes = Histogram.ofSizes();
    sizes.record(3, 64);
    assertThat(sizes.snapshot().count()).isEqualTo(64);
    assertThat(sizes.snapshot().sum()).isEqualTo(192);
  }

  @Test
  void shouldNotOverflow() {
    Histogram times = Histogram.ofTimes();
    times.record(TimeUnit.SECONDS.toNanos(10), Integer.MAX_VALUE);
    times.record(TimeUnit.SECONDS.toNanos(10), Integer.MAX_VALUE);
    assertThat(times.snapshot().sum()).isEqualTo(20.0 * Integer.MAX_VALUE);
  }

  @Test
  void shouldAddThoseOfOneKindAlone() {
    Histogram one = Histogram.ofSizes();
    Histogram other = Histogram.ofSizes();
    one.record(1);
    one.record(100_000);
    other.record(100_000);
    Snapshot both = one.snapshot().plus(other.snapshot());

    assertThat(both.counts()).startsWith(1L).endsWith(2L);
    assertThat(both.sum()).isEqualTo(200_001);
    assertThat(Snapshot.EMPTY.plus(both)).isEqualTo(both).isEqualTo(both.plus(Snapshot.EMPTY));
    assertThatThrownBy(() -> both.plus(Histogram.ofTimes().snapshot()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same bounds");
  }
}
