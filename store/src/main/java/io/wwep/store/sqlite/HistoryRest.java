package io.wwep.store.sqlite;

import java.sql.SQLException;

/**
 * The writes that no run of the index has yet, run by run. Those of the last run are kept from one
 * call to the next, since everybody who looks at the present needs them; of a run that waits for
 * being indexed, they are read again for each.
 */
final class HistoryRest {

  private final HistoryRows kept = new HistoryRows();
  private final HistoryRows other = new HistoryRows();
  private long keptRun = -1;
  private long keptRepairs = -1;

  /**
   * Returns the writes of a run that the history has.
   *
   * @param run that is not indexed; what was returned before is valid no more
   */
  HistoryRows of(long run, HistoryView view) throws SQLException {
    long first = Math.max(RunBlock.firstNumber(run), view.firstNumber());
    long last = Math.min(RunBlock.firstNumber(run + 1) - 1, view.lastNumber());
    HistoryRows rows = run == RunBlock.runOf(view.lastNumber()) ? kept : other;
    boolean goesOn =
        rows == kept
            && run == keptRun
            // A repair removes writes whose commit has failed, and gives their numbers to others.
            && view.repairs() == keptRepairs
            && first <= kept.end();
    if (!goesOn) {
      rows.clear(first);
    }
    if (rows == kept) {
      keptRun = run;
      keptRepairs = view.repairs();
    }
    rows.readThrough(last, view.chunks());
    return rows;
  }
}
