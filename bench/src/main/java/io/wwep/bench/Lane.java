package io.wwep.bench;

/** Sends requests one after the other, or several at a time, and waits for their replies. */
interface Lane {

  /**
   * Sends what is to be sent now, as far as there is room.
   *
   * @param max requests at most
   */
  void send(long nowNanos, int max);

  /** Returns how many requests wait for their reply. */
  int inFlight();

  /** Sends nothing any more. */
  void close();
}
