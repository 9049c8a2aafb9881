package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SummaryCacheTest {

  private static final int[] ONE = {1};
  private static final int[] OTHER = {2};

  private final SummaryCache cache = new SummaryCache(1000);

  private static RunSummary summary() {
    RunSummary summary = new RunSummary(200);
    for (int i = 0; i < 200; i++) {
      summary.add(i, i, i);
    }
    return summary;
  }

  private void put(int[] address, int runs) {
    cache.begin(address, 0);
    for (int run = 0; run < runs; run++) {
      cache.put(address[0], run, summary());
    }
  }

  @Test
  void shouldKeepNoMoreThanItsBound() {
    put(ONE, 50);
    assertThat(cache.entries()).isBetween(800, 1000);
    assertThat(cache.get(1, 0)).isNotNull();
    assertThat(cache.get(1, 49)).isNull();
  }

  @Test
  void shouldCountASummaryOnceThatIsPutAgain() {
    put(ONE, 2);
    int once = cache.entries();
    put(ONE, 2);
    assertThat(cache.entries()).isEqualTo(once);
    assertThat(cache.get(1, 1)).isNotNull();
  }

  @Test
  void shouldForgetWhatWasAskedForLongestAgo() {
    put(ONE, 2);
    put(OTHER, 2);
    put(ONE, 0);
    put(new int[] {3}, 1);
    cache.begin(new int[] {1, 2}, 0);
    assertThat(cache.get(1, 0)).isNotNull();
    assertThat(cache.get(2, 0)).isNull();
  }

  @Test
  void shouldForgetRunsThatWerePruned() {
    put(ONE, 3);
    cache.begin(ONE, 2);
    assertThat(cache.get(1, 1)).isNull();
    assertThat(cache.get(1, 2)).isNotNull();
    assertThat(cache.entries()).isBetween(200, 300);
  }

  @Test
  void shouldSumUpBlocksOfARunWithManyWrites() {
    RunSummary summary = new RunSummary(RunBlock.RUN_WRITES);
    for (int i = 0; i < RunBlock.RUN_WRITES; i++) {
      summary.add(i, i, 0xFFFF - i);
    }
    assertThat(summary.size()).isEqualTo(RunSummary.ENTRIES_MAX);
    int last = summary.size() - 1;
    assertThat(summary.first(last)).isEqualTo(0xFF00);
    assertThat(summary.last(last)).isEqualTo(0xFFFF);
    assertThat(summary.minimum(last)).isZero();
    assertThat(summary.maximum(last)).isEqualTo(0xFF);
    assertThat(summary.value(last)).isZero();
    assertThat(summary.count(last)).isEqualTo(256);
    assertThat(summary.timeMillis(last)).isEqualTo(0xFFFF);
    assertThat(summary.maximum(0)).isEqualTo(0xFFFF);
  }
}
