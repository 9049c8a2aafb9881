package io.wwep.store;

/** Receives committed writes in commit order; see {@link Store#addListener}. */
@FunctionalInterface
public interface CommitListener {

  /**
   * One register was written, durably.
   *
   * @param sequence grows with each write of one data directory, also over restarts
   * @param timeMillis wall clock at the commit, milliseconds since 1970
   * @param address 0 to 16,777,215
   * @param value 0 to 65,535
   * @param origin who wrote it
   */
  void written(long sequence, long timeMillis, int address, int value, Origin origin);
}
