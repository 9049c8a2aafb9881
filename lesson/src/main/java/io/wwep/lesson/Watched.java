package io.wwep.lesson;

import io.wwep.tap.TapEvent;
import io.wwep.tap.TapListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Keeps what a tap has seen, for a lesson of some connections. */
final class Watched implements TapListener {

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int EVENTS_MAX = 1_000;

  private final List<TapEvent> events = new ArrayList<>();

  @Override
  public synchronized void event(TapEvent event) {
    if (events.size() < EVENTS_MAX) {
      events.add(event);
    }
    notifyAll();
  }

  @Override
  public void dropped(long count) {
    throw new IllegalStateException("a lesson has fewer events than a feed holds");
  }

  /** Returns what was seen so far. */
  synchronized List<TapEvent> all() {
    return List.copyOf(events);
  }

  /** Waits until so many connections are over; what they did has been told then. */
  synchronized void awaitClosed(int connections) {
    await(() -> events.stream().filter(TapEvent.Closed.class::isInstance).count() >= connections);
  }

  /** Returns the first event of a kind, if there is one. */
  synchronized <T extends TapEvent> Optional<T> first(Class<T> kind, Predicate<T> wanted) {
    return events.stream().filter(kind::isInstance).map(kind::cast).filter(wanted).findFirst();
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + WAIT_NANOS;
    try {
      while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
