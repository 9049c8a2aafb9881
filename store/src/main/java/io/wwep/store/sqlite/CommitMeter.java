package io.wwep.store.sqlite;

import io.wwep.store.Batch;
import io.wwep.store.CommitQueue;
import io.wwep.store.Histogram;
import io.wwep.store.StoreFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the commit thread does, and tells it together with the size of what that has made.
 *
 * <p>Written by the commit thread, at the cost of a few plain stores for each commit; read by any
 * thread, which may see a number a moment late.
 */
final class CommitMeter {

  private final Path file;
  private final CommitQueue queue;
  private final HistoryPruner pruner;
  private final CommitNotes notes;
  private final Histogram times = Histogram.ofTimes();
  private final Histogram writes = Histogram.ofSizes();
  private final AtomicLong failed = new AtomicLong();

  /** Batches that were taken from the queue and wait behind the group under way. */
  private final AtomicInteger left = new AtomicInteger();

  CommitMeter(Path file, CommitQueue queue, HistoryPruner pruner, CommitNotes notes) {
    this.file = file;
    this.queue = queue;
    this.pruner = pruner;
    this.notes = notes;
  }

  /** A commit is durable, as far as the user chose, and took so long. */
  void committed(long nanos, int writeCount) {
    times.record(nanos);
    writes.record(writeCount);
  }

  /** A commit has failed. */
  void failed() {
    failed.setOpaque(failed.getPlain() + 1);
  }

  /** A group was taken, and these batches, which may be none (null), are left for the next. */
  void left(Batch rest) {
    left.setOpaque(CommitQueue.lengthOf(rest));
  }

  /** Any thread; may wait where the disk hangs. */
  StoreFigures figures() {
    // First, because it never gets beyond the last.
    long prunedThrough = pruner.prunedThrough();
    return new StoreFigures(
        times.snapshot(),
        writes.snapshot(),
        failed.getOpaque(),
        left.getOpaque() + queue.length(),
        size(file),
        logSize(),
        notes.lastWrite(),
        prunedThrough);
  }

  private long logSize() {
    try {
      return size(LogFile.of(file));
    } catch (IOException e) {
      return 0; // without the database nobody finds its log
    }
  }

  /** Of a file that is not there, or cannot be looked at: 0; {@link CommitNotes} says so. */
  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }
}
