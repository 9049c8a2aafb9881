package io.wwep.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of all connections of one event loop, 10 ms coarse.
 *
 * <p>Each connection has one {@link Deadline}. Moving it later, which every request does, only
 * writes a field: the deadline is looked at again when the slot it lies in is reached, and put
 * where it belongs by then. Moving it earlier relinks it. So a request costs no timer, and an idle
 * connection costs one look in five seconds.
 *
 * <p>When the loop was away, as in a pause of the collector or of the whole process, what peers
 * have sent meanwhile waits in the sockets, and it came in time. So a wheel that turns late lets
 * the loop look at the sockets once more before it says who is late.
 *
 * <p>Owned by the loop's thread. While no deadline is linked the wheel does not wake the loop.
 */
final class DeadlineWheel {

  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int SLOTS = 512;

  /** More than it takes to wake the loop. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** For a look at the sockets, which comes before what is due later. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A moment at which something must have happened; linked into one slot of one wheel. */
  static final class Deadline {
    private final Runnable onExpiry;
    private Deadline previous;
    private Deadline next;

    /** Tick of the slot that the deadline is linked in; at most {@link #tick}. */
    private long slotTick;

    private long tick;

    /**
     * @param onExpiry called once when the moment is reached, on the loop's thread
     */
    Deadline(Runnable onExpiry) {
      this.onExpiry = onExpiry;
    }

    private boolean isLinked() {
      return next != null;
    }

    private void unlink() {
      previous.next = next;
      next.previous = previous;
      next = null;
      previous = null;
    }

    private void linkBehind(Deadline head) {
      previous = head;
      next = head.next;
      next.previous = this;
      head.next = this;
    }
  }

  private final EventLoop loop;
  private final Ticker ticker;
  private final Deadline[] heads = new Deadline[SLOTS];
  private final long startNanos;
  private int linked;

  /** Last tick whose slot was looked at. */
  private long doneTick;

  /** Tick at which the loop is woken next; Long.MAX_VALUE while it is not. */
  private long wakeTick = Long.MAX_VALUE;

  /** Whether the loop looks at the sockets before anything expires. */
  private boolean looking;

  DeadlineWheel(EventLoop loop) {
    this.loop = loop;
    ticker = loop.ticker();
    startNanos = ticker.nanoTime();
    for (int i = 0; i < SLOTS; i++) {
      heads[i] = new Deadline(null);
      heads[i].previous = heads[i];
      heads[i].next = heads[i];
    }
  }

  /** Any thread: returns the time on the event loop's clock, which deadlines are set by. */
  long nanoTime() {
    return ticker.nanoTime();
  }

  /** Sets the deadline to {@code atNanos}, whether or not it was set before. */
  void set(Deadline deadline, long atNanos) {
    if (linked == 0) {
      // Nothing to miss: skip the ticks of the time in which the loop slept.
      doneTick = Math.max(doneTick, ticks(ticker.nanoTime()) - 1);
    }
    long tick = Math.max(ticks(atNanos) + 1, doneTick + 1);
    deadline.tick = tick;
    if (deadline.isLinked()) {
      if (deadline.slotTick <= tick) {
        return;
      }
      deadline.unlink();
      linked--;
    }
    link(deadline);
    wakeAt(deadline.slotTick);
  }

  /** Clears the deadline. */
  void clear(Deadline deadline) {
    if (deadline.isLinked()) {
      deadline.unlink();
      linked--;
    }
  }

  private void link(Deadline deadline) {
    deadline.slotTick = Math.min(deadline.tick, doneTick + SLOTS - 1);
    deadline.linkBehind(heads[slot(deadline.slotTick)]);
    linked++;
  }

  private static int slot(long tick) {
    return (int) (tick & (SLOTS - 1));
  }

  private long ticks(long nanos) {
    return (nanos - startNanos) / TICK_NANOS;
  }

  private void wakeAt(long tick) {
    if (tick < wakeTick) {
      wakeTick = tick;
      long delayNanos = startNanos + tick * TICK_NANOS - ticker.nanoTime();
      loop.schedule(() -> woken(tick), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }
  }

  private void woken(long tick) {
    if (looking) {
      // It is not late itself, but others are: it has its turn with them.
      wakeTick = wakeTick == tick ? Long.MAX_VALUE : wakeTick;
      return;
    }
    long now = ticker.nanoTime();
    long nowTick = ticks(now);
    if (now - startNanos - tick * TICK_NANOS > LATE_NANOS) {
      looking = true;
      loop.schedule(() -> advance(tick, nowTick), LOOK_NANOS, TimeUnit.NANOSECONDS);
    } else {
      advance(tick, nowTick);
    }
  }

  private void advance(long wokenFor, long nowTick) {
    looking = false;
    while (doneTick < nowTick) {
      doneTick++;
      expireSlot(doneTick);
    }
    if (wokenFor == wakeTick) {
      wakeTick = Long.MAX_VALUE;
    }
    if (linked > 0) {
      wakeAt(nextOccupiedTick());
    }
  }

  private void expireSlot(long tick) {
    Deadline head = heads[slot(tick)];
    Deadline deadline = head.next;
    while (deadline != head && deadline.slotTick <= tick) {
      deadline.unlink();
      linked--;
      if (deadline.tick <= tick) {
        expire(deadline);
      } else {
        link(deadline);
      }
      deadline = head.next;
    }
  }

  /** A fault must not keep the others from their turn; Netty would say nothing of it. */
  private static void expire(Deadline deadline) {
    try {
      deadline.onExpiry.run();
    } catch (Throwable e) {
      Fault.raise(e);
    }
  }

  private long nextOccupiedTick() {
    for (long tick = doneTick + 1; tick < doneTick + SLOTS; tick++) {
      Deadline head = heads[slot(tick)];
      if (head.next != head) {
        return tick;
      }
    }
    return doneTick + SLOTS;
  }
}
