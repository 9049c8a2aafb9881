package io.wwep.tap;

import java.util.ArrayDeque;

/**
 * Brings events to the listener on a thread of its own, so that who shows them is in nobody's way.
 * A full queue leaves events out and counts them.
 */
final class TapFeed implements AutoCloseable {

  /** Events that wait to be shown. */
  static final int QUEUE_MAX = 8_192;

  private static final long CLOSE_MILLIS_MAX = 1_000;

  private final TapListener listener;
  private final ArrayDeque<Object> queue = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "wwep-tap-feed");
  private long dropped;
  private boolean closed;

  /** Stands in the queue where events were left out. */
  private record Gap(long count) {}

  TapFeed(TapListener listener) {
    this.listener = listener;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void tell(TapEvent event) {
    if (closed) {
      return;
    }
    if (queue.size() >= QUEUE_MAX) {
      dropped++;
      return;
    }
    if (dropped > 0) {
      queue.add(new Gap(dropped));
      dropped = 0;
    }
    queue.add(event);
    notifyAll();
  }

  private void run() {
    try {
      for (Object next = next(); next != null; next = next()) {
        if (next instanceof Gap gap) {
          listener.dropped(gap.count);
        } else {
          listener.event((TapEvent) next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns null when all has been told and no more comes. */
  private synchronized Object next() throws InterruptedException {
    while (queue.isEmpty() && !closed) {
      wait();
    }
    Object next = queue.poll();
    if (next == null && dropped > 0) {
      next = new Gap(dropped);
      dropped = 0;
    }
    return next;
  }

  /** Tells what is left, for a second at most. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(CLOSE_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
