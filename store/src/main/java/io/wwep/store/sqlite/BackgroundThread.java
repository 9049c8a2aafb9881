package io.wwep.store.sqlite;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that work beside the commit thread: at most one of a kind, none while it is idle. */
final class BackgroundThread {

  private static final long IDLE_SECONDS = 10;

  private BackgroundThread() {}

  /** Returns what runs code on a daemon thread of this name, one piece after the other. */
  static ExecutorService named(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Waits for a thread that was told to end; returns whether it has. */
  static boolean awaitEnd(ExecutorService thread, long millisMax) {
    try {
      return thread.awaitTermination(millisMax, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
