package io.wwep.store.sqlite;

import java.util.List;

/**
 * What a check of a database has found.
 *
 * @param pages of the file, with those that are in its log
 * @param devices that have at least one written register
 * @param registers that have been written
 * @param firstWrite number of the oldest write of the history; 0 when there is none
 * @param lastWrite number of the newest write; 0 when there was none
 * @param indexed how many writes the index of the history has
 * @param peers who wrote, each once for each port
 * @param damages what is wrong, a sentence without an end for each; empty when all is well
 */
public record CheckReport(
    long pages,
    int devices,
    int registers,
    long firstWrite,
    long lastWrite,
    long indexed,
    int peers,
    List<String> damages) {

  /** Whether nothing is wrong. */
  public boolean isSound() {
    return damages.isEmpty();
  }

  /** Returns how many writes the history has. */
  public long writes() {
    return firstWrite == 0 ? 0 : lastWrite - firstWrite + 1;
  }
}
