package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StepSizeTest {

  private final StepSize size = new StepSize();

  @Test
  void shouldShrinkToItsMinimumOnASlowDisk() {
    for (int i = 0; i < 20; i++) {
      size.took(StepSize.TARGET_NANOS * 10);
    }
    assertThat(size.rows()).isEqualTo(64);
  }

  @Test
  void shouldGrowToItsMaximumOnAQuickOne() {
    for (int i = 0; i < 20; i++) {
      size.took(1);
    }
    assertThat(size.rows()).isEqualTo(16_384);
  }

  @Test
  void shouldStayWhereAStepTakesAboutItsTime() {
    int before = size.rows();
    size.took(StepSize.TARGET_NANOS * 9 / 10);
    assertThat(size.rows()).isEqualTo(before);
  }
}
