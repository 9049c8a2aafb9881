package io.wwep.it;

/** Waiting for threads where nothing may be thrown, as in {@code close}. */
public final class Threads {

  private Threads() {}

  /** Waits for the end of a thread; an interrupt of the caller ends the waiting, and is kept. */
  public static void join(Thread thread, long millisMax) {
    try {
      thread.join(millisMax);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
