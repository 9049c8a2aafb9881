package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final Instant NOW = Instant.parse("2026-11-25T18:30:00Z");

  private final Rate rate = new Rate();

  private static void count(Rate rate, Instant time, int messages) {
    for (int i = 0; i < messages; i++) {
      rate.count(time);
    }
  }

  @Test
  void shouldKeepWhatItHasWhenItTakesOverNothing() {
    count(rate, NOW, 30);
    rate.merge(new Rate());

    assertThat(rate.perSecond(NOW)).isEqualTo(3.0);
  }

  @Test
  void shouldTakeOverWhatIsNoOlderThanTenSeconds() {
    Rate other = new Rate();
    count(other, NOW.minusSeconds(15), 10);
    count(other, NOW.minusSeconds(9), 20);
    count(rate, NOW, 30);
    rate.merge(other);

    assertThat(rate.perSecond(NOW)).isEqualTo(5.0);
  }

  @Test
  void shouldTakeOverWhenItHasNothing() {
    Rate other = new Rate();
    count(other, NOW, 20);
    rate.merge(other);

    assertThat(rate.perSecond(NOW)).isEqualTo(2.0);
  }

  @Test
  void shouldGoOnWhenTheClockIsSetBack() {
    count(rate, NOW, 30);
    Instant before = NOW.minusSeconds(3_600);

    assertThat(rate.perSecond(before)).isZero();
    count(rate, before, 10);
    assertThat(rate.perSecond(before)).isEqualTo(1.0);
    assertThat(rate.perSecond(before.plusSeconds(10))).isZero();
  }
}
