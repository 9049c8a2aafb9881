package io.wwep.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Batches on their way to the commit thread: many threads put, one takes all at once.
 *
 * <p>A stack of batches linked through {@link Batch#nextInQueue}: putting is one compare-and-set
 * and allocates nothing. Taking empties the stack and turns it round, so that the order of the
 * compare-and-sets, which is also that of each caller, becomes the order of commits. The length is
 * bounded by the callers: each waits for its batch.
 *
 * <p>For engines whose writes take a thread of their own.
 */
public final class CommitQueue {

  /** On top of the stack once the queue is closed; what was queued hangs below it. */
  private final Batch closed = new Batch(null);

  private final AtomicReference<Batch> top = new AtomicReference<>();
  private volatile boolean waiting;
  private volatile Thread taker;

  /** Names the thread that takes; before any other call. */
  public void setTaker(Thread thread) {
    taker = thread;
  }

  /** Puts a batch, from any thread; false when the queue is closed. */
  public boolean offer(Batch batch) {
    Batch head;
    do {
      head = top.get();
      if (head == closed) {
        return false;
      }
      batch.nextInQueue = head;
      batch.lengthInQueue = lengthOf(head) + 1;
    } while (!top.compareAndSet(head, batch));
    wake();
    return true;
  }

  /** Waking costs a system call, so it is done only for a taker that sleeps. */
  private void wake() {
    if (waiting) {
      LockSupport.unpark(taker);
    }
  }

  /**
   * Refuses batches from now on, from any thread. What is queued can still be taken.
   *
   * <p>One thread at a time: the link below the mark is there once, and a second one that comes too
   * late must not touch it.
   */
  public synchronized void close() {
    Batch head;
    do {
      head = top.get();
      if (head == closed) {
        return;
      }
      closed.nextInQueue = head;
      closed.lengthInQueue = lengthOf(head);
    } while (!top.compareAndSet(head, closed));
    wake();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return top.get() == closed;
  }

  /**
   * Takes all batches, linked in the order in which they were put, see {@link Batch#unlinkNext};
   * null when there are none. Taker only.
   */
  public Batch takeAll() {
    Batch head = top.get();
    while (head != null && head != closed && !top.compareAndSet(head, null)) {
      head = top.get();
    }
    if (head == closed) {
      head = closed.nextInQueue;
      closed.nextInQueue = null;
      closed.lengthInQueue = 0;
    }
    return reverse(head);
  }

  private static Batch reverse(Batch stack) {
    Batch rest = stack;
    Batch inOrder = null;
    while (rest != null) {
      Batch next = rest.nextInQueue;
      rest.nextInQueue = inOrder;
      rest.lengthInQueue = lengthOf(inOrder) + 1;
      inOrder = rest;
      rest = next;
    }
    return inOrder;
  }

  /**
   * Returns how many batches are queued, from any thread. Each batch knows how many it was put on,
   * so this costs nothing to keep up; beside a thread that takes it may be off for a moment.
   */
  public int length() {
    return lengthOf(top.get());
  }

  /** Returns how many batches there are from this one on, itself included; 0 for null. */
  public static int lengthOf(Batch first) {
    return first == null ? 0 : first.lengthInQueue;
  }

  /**
   * Sleeps until a batch is put, the queue is closed or {@code nanos} are over; or for no reason.
   * Taker only.
   */
  public void await(long nanos) {
    waiting = true;
    // A batch put before the flag was seen woke nobody, so it has to be looked for once more.
    if (top.get() == null && nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = false;
  }
}
