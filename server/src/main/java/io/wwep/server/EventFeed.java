package io.wwep.server;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries events from the event loops to whoever watches, and never holds a loop up.
 *
 * <p>Each loop has a budget of events a second (see {@link EventBudget}); beyond it, and when the
 * queue is full, events are counted instead of made. Listeners are called one after another on the
 * thread {@code wwep-events}; one that blocks loses events, nothing else.
 */
public final class EventFeed {

  /** Receives events on the feed's thread. */
  public interface Listener {

    /** One event, in the order in which it was published by its loop. */
    void event(ServerEvent event);

    /** So many events were left out since the last call of either method. */
    void dropped(long count);
  }

  private static final int QUEUED_MAX = 8192;
  private static final long DROPS_REPORT_MILLIS = 500;

  private final BlockingQueue<ServerEvent> queue = new ArrayBlockingQueue<>(QUEUED_MAX);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder droppedBefore = new LongAdder();
  private final Thread thread = new Thread(this::run, "wwep-events");
  private volatile boolean closed;

  EventFeed() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Adds a listener for the events from now on. */
  public void subscribe(Listener listener) {
    listeners.add(listener);
  }

  /** Removes a listener; an event that is being delivered may still reach it. */
  public void unsubscribe(Listener listener) {
    listeners.remove(listener);
  }

  /** Tells who watches of something that belongs to no peer and no port. */
  public void tell(String sentence) {
    if (isWatched()) {
      publish(new ServerEvent.OwnNotice(Instant.now(), sentence));
    }
  }

  /** Returns how many events were left out since the start, half a second late. Any thread. */
  public long dropped() {
    return droppedBefore.sum();
  }

  /** Returns how many events wait for the listeners, at most 8,192. Any thread. */
  public int queued() {
    return queue.size();
  }

  /** Whether an event would reach anybody; loops ask before they make one. */
  boolean isWatched() {
    return !listeners.isEmpty();
  }

  void publish(ServerEvent event) {
    if (!queue.offer(event)) {
      dropped.increment();
    }
  }

  void countDropped(long events) {
    dropped.add(events);
  }

  private void run() {
    long reportAt = System.nanoTime();
    while (!closed) {
      deliver(next());
      if (System.nanoTime() - reportAt >= 0) {
        reportDropped();
        reportAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DROPS_REPORT_MILLIS);
      }
    }
    for (ServerEvent event = queue.poll(); event != null; event = queue.poll()) {
      deliver(event);
    }
    reportDropped();
  }

  private ServerEvent next() {
    try {
      return queue.poll(DROPS_REPORT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      return null;
    }
  }

  private void deliver(ServerEvent event) {
    if (event != null) {
      listeners.forEach(listener -> listener.event(event));
    }
  }

  private void reportDropped() {
    long count = dropped.sumThenReset();
    if (count > 0) {
      droppedBefore.add(count);
      listeners.forEach(listener -> listener.dropped(count));
    }
  }

  /** Delivers what is queued, then ends the thread. Waits half a second at most. */
  void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(DROPS_REPORT_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
