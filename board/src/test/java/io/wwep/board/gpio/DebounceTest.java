package io.wwep.board.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebounceTest {

  private static final long MILLI = 1_000_000L;

  private final Debounce debounce = new Debounce();

  private boolean edge(boolean pressed, long millis) {
    return debounce.isPress(pressed, millis * MILLI);
  }

  @Test
  void shouldTakeTheFirstEdgeForThePress() {
    assertThat(edge(true, 5)).isTrue();
  }

  @Test
  void shouldTakeABouncingPressForOne() {
    assertThat(edge(true, 1_000)).isTrue();
    for (int i = 1; i < 20; i++) {
      assertThat(edge(i % 2 == 0, 1_000 + i)).isFalse();
    }
  }

  @Test
  void shouldTakeNoBounceOfLettingGoForAPress() {
    assertThat(edge(true, 1_000)).isTrue();
    assertThat(edge(false, 1_200)).isFalse();
    assertThat(edge(true, 1_203)).isFalse();
    assertThat(edge(false, 1_205)).isFalse();
  }

  @Test
  void shouldTakeTheNextPress() {
    assertThat(edge(true, 1_000)).isTrue();
    assertThat(edge(false, 1_100)).isFalse();
    assertThat(edge(true, 1_150)).isTrue();
  }

  /** The clock of the JVM may begin anywhere, and turn over. */
  @Test
  void shouldStandAClockThatTurnsOver() {
    assertThat(debounce.isPress(true, Long.MAX_VALUE - MILLI)).isTrue();
    assertThat(debounce.isPress(false, Long.MIN_VALUE + MILLI)).isFalse();
    assertThat(debounce.isPress(true, Long.MIN_VALUE + 2 * MILLI)).isFalse();
    assertThat(debounce.isPress(true, Long.MIN_VALUE + 100 * MILLI)).isTrue();
  }
}
