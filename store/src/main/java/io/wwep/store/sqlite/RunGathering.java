package io.wwep.store.sqlite;

/**
 * The addresses of the newest writes, so that a run whose writes all came since the start need not
 * be read back: reading is most of what a run costs. One run is gathered while the one before it is
 * being made; when that takes longer, the newer one is read from the file after all.
 *
 * <p>Commit thread only, but for what is lent.
 */
final class RunGathering {

  private static final long NONE = -1;

  // Both are there from the beginning: nothing may fail once a write is committed.
  private int[] gathering = new int[RunBlock.RUN_WRITES];
  private int[] complete = new int[RunBlock.RUN_WRITES];
  private int gathered;
  private long completeRun = NONE;
  private boolean lent;

  /**
   * Notes the first {@code count} rows, packed by {@link HistoryRow}, numbered from firstNumber.
   */
  void note(long firstNumber, long[] rows, int count) {
    for (int i = 0; i < count; i++) {
      int position = (int) (firstNumber + i) & (RunBlock.RUN_WRITES - 1);
      if (position == 0) {
        gathered = 0;
      }
      // After a start in the middle of a run there is nothing to gather until the next one.
      if (position == gathered) {
        gathering[gathered++] = HistoryRow.address(rows[i]);
        if (gathered == RunBlock.RUN_WRITES) {
          end(RunBlock.runOf(firstNumber + i));
        }
      }
    }
  }

  private void end(long run) {
    if (!lent) {
      int[] free = complete;
      complete = gathering;
      gathering = free;
      completeRun = run;
    }
    gathered = 0;
  }

  /** Returns the addresses of a run's writes in their order, until they are given back; or null. */
  int[] lend(long run) {
    if (run != completeRun) {
      return null;
    }
    lent = true;
    return complete;
  }

  void giveBack() {
    lent = false;
  }
}
