package io.wwep.store;

/**
 * Where a finished {@link Batch} goes. An event loop has one for all its connections, so that a
 * commit which finishes fifty batches wakes the loop once.
 */
public interface Completion {

  /**
   * The batch is the caller's again and holds its results. Must not block, only hand over. An
   * exception is reported to the thread's uncaught exception handler and changes nothing.
   */
  void completed(Batch batch);

  /** Called once behind the last {@link #completed} of one commit: now wake whoever waits. */
  void flush();
}
