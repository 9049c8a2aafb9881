package io.wwep.store.sqlite;

import io.wwep.store.Batch;
import io.wwep.store.CommitQueue;
import io.wwep.store.Completion;
import io.wwep.store.RegisterTable;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The commit thread: takes all batches that wait and commits them as one transaction, so that one
 * wait for the disk serves many (group commit). Then, and not before, the writes go to memory, to
 * the listeners and back to their callers.
 */
final class Committer implements Runnable {

  /** Bounds a transaction, and with it how long its first batch waits for its last. */
  private static final int GROUP_WRITES_MAX = 16_384;

  private static final int ROWS_KEPT_MAX = 2 * GROUP_WRITES_MAX;

  private final CommitQueue queue;
  private final Session session;
  private final Housekeeping housekeeping;
  private final RegisterTable table;
  private final CommitFeed feed;
  private final CommitMeter meter;
  private final CommitNotes notes;

  /** What is being committed; a batch leaves it just before it is completed. */
  private final ArrayDeque<Batch> group = new ArrayDeque<>();

  private final Set<Completion> toFlush = Collections.newSetFromMap(new IdentityHashMap<>());
  private long[] rows = new long[1024];

  Committer(
      CommitQueue queue,
      Session session,
      Housekeeping housekeeping,
      RegisterTable table,
      CommitFeed feed,
      CommitMeter meter) {
    this.queue = queue;
    this.session = session;
    this.housekeeping = housekeeping;
    this.table = table;
    this.feed = feed;
    this.meter = meter;
    notes = session.notes();
  }

  /** Serves until the queue is closed and empty. */
  @Override
  public void run() {
    Batch waiting = queue.takeAll();
    while (waiting != null || !queue.isClosed()) {
      int rowsCommitted = 0;
      notes.turn();
      if (waiting == null) {
        long nanosUntilDue = housekeeping.nanosUntilDue();
        notes.rest();
        queue.await(nanosUntilDue);
        notes.turn();
      } else {
        waiting = takeGroup(waiting);
        rowsCommitted = group.isEmpty() ? 0 : commitGroup();
        flush();
      }
      if (waiting == null) {
        waiting = queue.takeAll();
      }
      if (rowsCommitted > 0 || waiting == null) {
        housekeeping.step(rowsCommitted);
      }
    }
  }

  /**
   * Moves batches to the group, as many as belong to it, and returns the rest. Those whose
   * expectations do not hold are completed and in no group.
   */
  private Batch takeGroup(Batch waiting) {
    Batch next = waiting;
    int writes = 0;
    while (next != null && belongsToGroup(next, writes)) {
      Batch batch = next;
      next = batch.unlinkNext();
      if (batch.isAsExpected(table)) {
        writes += batch.writeCount();
        group.add(batch);
      } else {
        finish(batch);
      }
    }
    meter.left(next);
    return next;
  }

  /** What is expected is held against memory, which lacks the writes of a group under way. */
  private boolean belongsToGroup(Batch batch, int writes) {
    return group.isEmpty()
        || (!batch.isConditional() && writes + batch.writeCount() <= GROUP_WRITES_MAX);
  }

  /** Returns how many rows it has appended; 0 when the commit failed. */
  private int commitGroup() {
    int count = 0;
    String failure = null;
    long firstId = session.lastSequence() + 1;
    long timeMillis = System.currentTimeMillis();
    long startNanos = System.nanoTime();
    try {
      int writes = makeRoom();
      commit(
          writes,
          database -> {
            packRows(database, writes);
            database.history().append(firstId, timeMillis, rows, writes);
          });
      count = writes;
      session.advance(count);
      meter.committed(System.nanoTime() - startNanos, count);
    } catch (SQLException | RuntimeException e) {
      // Whatever it was, the callers must hear of it and the thread must go on.
      failure = notes.commitFailed(e);
      meter.failed();
      if (!session.isOfRepair(e)) {
        tryToRepair();
      }
    } catch (Error e) {
      // Out of memory, or of stack: nobody knows what state it left behind elsewhere.
      tryToRepair();
      throw e;
    }
    if (failure == null) {
      housekeeping.noteCommit(rows, count, timeMillis);
      notes.committed(session.lastSequence(), timeMillis);
    }
    complete(firstId, timeMillis, failure);
    if (rows.length > ROWS_KEPT_MAX) {
      rows = new long[GROUP_WRITES_MAX];
    }
    return count;
  }

  /** What is one statement saves those that begin and end a transaction. */
  private void commit(int writes, Session.Work work) throws SQLException {
    if (writes <= HistoryTable.CHUNK_WRITES_MAX && session.query(this::knowsAllPeers)) {
      session.commitStatement(work);
    } else {
      session.commit(work);
    }
  }

  private boolean knowsAllPeers(Database database) {
    for (Batch batch : group) {
      if (!database.peers().knows(batch.origin())) {
        return false;
      }
    }
    return true;
  }

  private int makeRoom() {
    int writes = 0;
    for (Batch batch : group) {
      writes += batch.writeCount();
    }
    if (writes > rows.length) {
      rows = new long[Math.max(writes, 2 * rows.length)];
    }
    return writes;
  }

  /** Takes all memory that the writes will need too: once they are committed it is too late. */
  private void packRows(Database database, int writes) throws SQLException {
    int count = 0;
    for (Batch batch : group) {
      count = HistoryRow.packWrites(batch, database.peers().idOf(batch.origin()), rows, count);
    }
    for (int i = 0; i < writes; i++) {
      table.reserve(HistoryRow.address(rows[i]));
    }
    housekeeping.reserve(writes);
  }

  /** Before the callers hear that their writes failed, so that no crash makes them come true. */
  private void tryToRepair() {
    try {
      session.repair();
    } catch (Throwable e) {
      // Tried again before the next commit, and once a second.
    }
  }

  private void complete(long firstId, long timeMillis, String failure) {
    long sequence = firstId;
    while (!group.isEmpty()) {
      Batch batch = group.remove();
      if (failure != null) {
        batch.fail(table, failure);
      } else {
        batch.apply(table);
        sequence = feed.tell(batch, sequence, timeMillis);
      }
      finish(batch);
    }
  }

  private void finish(Batch batch) {
    Completion completion = batch.completion();
    guarded(() -> completion.completed(batch));
    toFlush.add(completion);
  }

  private void flush() {
    toFlush.forEach(completion -> guarded(completion::flush));
    toFlush.clear();
  }

  /** Fails what is still there after this thread was stopped by an error, so that nobody waits. */
  void failRest(String reason) {
    takeGroups(queue.takeAll());
    complete(0, 0, reason);
    flush();
  }

  private void takeGroups(Batch waiting) {
    Batch next = waiting;
    while (next != null) {
      group.add(next);
      next = next.unlinkNext();
    }
  }

  /** Runs somebody else's code, whose mistake must not end this thread. */
  static void guarded(Runnable code) {
    try {
      code.run();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
