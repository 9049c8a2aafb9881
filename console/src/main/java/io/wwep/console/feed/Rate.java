package io.wwep.console.feed;

import java.time.Instant;
import java.util.Arrays;

/**
 * Messages of the last ten seconds. A clock that is set back by as much has it begin anew. Guarded
 * by the lock of {@link Boards}.
 */
final class Rate {

  private static final int SECONDS = 10;
  private static final double TENTHS = 10.0;

  private final int[] counts = new int[SECONDS];
  private long newest = Long.MIN_VALUE;

  void count(Instant time) {
    long second = time.getEpochSecond();
    moveTo(second);
    counts[slot(second)]++;
  }

  private void moveTo(long second) {
    if (newest < second - SECONDS || newest >= second + SECONDS) {
      Arrays.fill(counts, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      counts[slot(newest)] = 0;
    }
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  /** Returns messages a second, to a tenth. */
  double perSecond(Instant now) {
    moveTo(now.getEpochSecond());
    return Math.round(Arrays.stream(counts).sum() * TENTHS / SECONDS) / TENTHS;
  }

  void merge(Rate other) {
    if (other.newest == Long.MIN_VALUE) {
      return;
    }
    long second = Math.max(newest, other.newest);
    moveTo(second);
    other.moveTo(second);
    for (int i = 0; i < SECONDS; i++) {
      counts[i] += other.counts[i];
    }
  }
}
