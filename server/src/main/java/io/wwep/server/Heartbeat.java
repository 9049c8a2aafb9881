package io.wwep.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells whether the event loops turn, by sending a task through each when asked. At most one task
 * of this is in a loop at a time.
 *
 * <p>Any number of threads, but no loop's own, which would wait for itself.
 */
final class Heartbeat {

  /** A loop that is so late is not merely busy: a turn takes milliseconds. */
  static final long LATE_MILLIS = 2_000;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<Pulse> pulses = new ArrayList<>();

  /** Before the first question. */
  void watch(EventLoop eventLoop) {
    pulses.add(new Pulse(eventLoop, pulses.size() + 1));
  }

  /** Waits for a turn of each loop, for {@link #LATE_MILLIS} at most, and tells who had none. */
  List<String> late() {
    pulses.forEach(Pulse::ask);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
    while (pulses.stream().anyMatch(Pulse::isAwaited) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    return pulses.stream().filter(Pulse::isAwaited).map(Pulse::sentence).toList();
  }

  private static final class Pulse {

    private final EventLoop eventLoop;
    private final int number;
    private final AtomicBoolean awaited = new AtomicBoolean();
    private volatile long askedNanos;

    Pulse(EventLoop eventLoop, int number) {
      this.eventLoop = eventLoop;
      this.number = number;
    }

    void ask() {
      if (awaited.compareAndSet(false, true)) {
        askedNanos = System.nanoTime();
        try {
          eventLoop.execute(() -> awaited.set(false));
        } catch (RejectedExecutionException ended) {
          // It will never turn again, and that is what will be said.
        }
      }
    }

    boolean isAwaited() {
      return awaited.get();
    }

    String sentence() {
      return "event loop %d has not turned for %d s: its connections get no answers; restart the server and report this"
          .formatted(number, Duration.ofNanos(System.nanoTime() - askedNanos).toSeconds());
    }
  }
}
