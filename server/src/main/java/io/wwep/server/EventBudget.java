package io.wwep.server;

import java.util.Arrays;

/**
 * How many events one event loop may still make in this second. Requests that were accepted and
 * requests that were rejected have budgets of their own, so that a flood of good ones does not hide
 * the one board that fails. Beyond the budget each device still gets its first events of the
 * second, so that a flood of others does not hide the one board that sends something once in a
 * while.
 *
 * <p>Owned by the loop's thread. The bound is what a person and a terminal can take in; a budget
 * costs under 2% of one core, where an event for each of 200,000 requests a second would cost more
 * than the requests. Only a flood of a thousand devices gets three times as much.
 */
final class EventBudget {

  static final int EVENTS_PER_SECOND_MAX = 1000;

  /** Beyond the budget, for each bucket of devices. */
  static final int EVENTS_PER_BUCKET_MAX = 2;

  /**
   * Neighbouring IDs, as those of one class, never share a bucket. All buckets together bound what
   * comes on top of the budget.
   */
  static final int BUCKETS = 1024;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final EventFeed feed;
  private final Runnable onFirstDrop;
  private long refillAtNanos;
  private boolean watched;
  private int accepted;
  private int rejected;
  private int ended;
  private long dropped;

  /** Events of each bucket in this second, beyond the budget. */
  private final byte[] ofBucket = new byte[BUCKETS];

  /**
   * @param onFirstDrop sees to it that {@link #reportDropped} is called soon, on the loop's thread
   */
  EventBudget(EventFeed feed, Runnable onFirstDrop, long nowNanos) {
    this.feed = feed;
    this.onFirstDrop = onFirstDrop;
    refillAtNanos = nowNanos;
  }

  /** Starts a new second when one is over. Called once for each read, not for each request. */
  void refresh(long nowNanos) {
    if (nowNanos - refillAtNanos < 0) {
      return;
    }
    refillAtNanos = nowNanos + SECOND_NANOS;
    watched = feed.isWatched();
    int budget = watched ? EVENTS_PER_SECOND_MAX : 0;
    accepted = budget;
    rejected = budget;
    ended = budget;
    Arrays.fill(ofBucket, (byte) 0);
  }

  /**
   * Whether an event may be made for an accepted request; counts it as dropped otherwise.
   *
   * @param address of the register
   */
  boolean admitAccepted(int address) {
    if (accepted > 0) {
      accepted--;
      return true;
    }
    if (watched && isAmongFirst(address >>> Byte.SIZE)) {
      return true;
    }
    drop();
    return false;
  }

  private boolean isAmongFirst(int device) {
    int bucket = device & (BUCKETS - 1);
    if (ofBucket[bucket] >= EVENTS_PER_BUCKET_MAX) {
      return false;
    }
    ofBucket[bucket]++;
    return true;
  }

  /** Whether an event may be made for a rejected request; counts it as dropped otherwise. */
  boolean admitRejected() {
    if (rejected > 0) {
      rejected--;
      return true;
    }
    drop();
    return false;
  }

  /**
   * Whether an event may be made for a rejected request that was refused one when it still looked
   * like an accepted one, as a read does until its register turns out to be unwritten.
   */
  boolean admitRejectedAfterAll() {
    if (rejected > 0) {
      rejected--;
      dropped--;
      return true;
    }
    return false;
  }

  /** Whether an event may be made for the end of a connection, of which none is missed. */
  boolean admitEnded() {
    if (ended > 0) {
      ended--;
      return true;
    }
    return false;
  }

  /** Counts an event that is left out, whether or not there was a budget for it. */
  void drop() {
    if (watched && dropped++ == 0) {
      onFirstDrop.run();
    }
  }

  /** Tells the feed how many events were left out; called a while after the first of them. */
  void reportDropped() {
    feed.countDropped(dropped);
    dropped = 0;
  }
}
