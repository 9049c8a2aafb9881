package io.wwep.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Prints lines without a system call for each: the first line after a pause appears at once, and a
 * burst is flushed every 100 ms. When nobody reads any more, as behind {@code | head}, or nothing
 * can be written, lines are thrown away.
 *
 * <p>May be used by any thread. A reader that is slow holds up the writers.
 */
final class LineWriter implements AutoCloseable {

  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PrintStream out;
  private final Runnable gone;
  private final Thread flusher = new Thread(this::flushBursts, "wwep-console");
  private long flushedNanos = System.nanoTime() - FLUSH_NANOS;
  private boolean dirty;
  private boolean broken;
  private boolean closed;

  /**
   * @param out buffered; not closed by {@link #close}
   */
  LineWriter(PrintStream out) {
    this(out, () -> {});
  }

  /**
   * @param out buffered; not closed by {@link #close}
   * @param gone called when lines are thrown away from now on, by who wrote or a thread of its own,
   *     perhaps more than once; must be quick
   */
  LineWriter(PrintStream out, Runnable gone) {
    this.out = out;
    this.gone = gone;
    flusher.setDaemon(true);
    flusher.start();
  }

  /** Prints one line, or several with line ends between them. */
  synchronized void line(String text) {
    if (broken) {
      return;
    }
    out.println(text);
    if (System.nanoTime() - flushedNanos >= FLUSH_NANOS) {
      flush();
    } else if (!dirty) {
      dirty = true;
      notifyAll();
    }
  }

  private void flush() {
    dirty = false;
    broken = out.checkError();
    flushedNanos = System.nanoTime();
    if (broken) {
      gone.run();
    }
  }

  private synchronized void flushBursts() {
    try {
      while (!closed) {
        long restNanos = flushedNanos + FLUSH_NANOS - System.nanoTime();
        if (!dirty) {
          wait();
        } else if (restNanos > 0) {
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(restNanos, 1_000_000L));
        } else {
          flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Flushes what is left and ends the thread. */
  @Override
  public synchronized void close() {
    closed = true;
    flush();
    notifyAll();
  }
}
