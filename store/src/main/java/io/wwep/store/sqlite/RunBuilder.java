package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Makes runs of the history's index: sorts and packs writes, which it reads where they are older
 * than the start, on a thread of its own, {@code wwep-index}, so that the commit thread only has to
 * insert what is ready. It opens the file for each run that it reads, and so holds nothing open
 * that would keep the log from being removed.
 */
final class RunBuilder implements AutoCloseable {

  /** A build that was told to stop notices within microseconds, unless the disk hangs. */
  private static final long CLOSE_MILLIS = 100;

  private static final String ROWS =
      "SELECT "
          + HistoryChunk.COLUMNS
          + " FROM history_chunks WHERE id <= ?2"
          + " AND id >= ifnull((SELECT max(id) FROM history_chunks WHERE id <= ?1), ?1)"
          + " ORDER BY id";

  private static final int DIGIT_BITS = 12;
  private static final int DIGITS = 1 << DIGIT_BITS;
  private static final int POSITION_BITS = 16;

  private final Path file;
  private final ExecutorService thread = BackgroundThread.named("wwep-index");

  /** Made once: half a megabyte each. Builder's thread only. */
  private final long[] pairs = new long[RunBlock.RUN_WRITES];

  private final long[] sorting = new long[RunBlock.RUN_WRITES];

  RunBuilder(Path file) {
    this.file = file;
  }

  /**
   * Begins to make a run, all of whose writes are committed, and returns at once.
   *
   * @param addresses of all its writes, to be left alone until the future is completed; null to
   *     have them read from the file
   * @param whenDone called by the thread when the future is completed
   */
  CompletableFuture<List<RunBlock>> build(long run, int[] addresses, Runnable whenDone) {
    CompletableFuture<List<RunBlock>> made = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            made.complete(make(run, addresses));
          } catch (SQLException | RuntimeException e) {
            // The commit thread goes on and tries again later.
            made.completeExceptionally(e);
          } catch (Error e) {
            made.completeExceptionally(e);
            throw e;
          } finally {
            whenDone.run();
          }
        });
    return made;
  }

  private List<RunBlock> make(long run, int[] addresses) throws SQLException {
    int count = addresses == null ? read(run, pairs) : pair(addresses, pairs);
    sortByAddress(pairs, sorting, count);
    return RunBlock.pack(run, pairs, count);
  }

  private static int pair(int[] addresses, long[] pairs) {
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = RunBlock.pair(addresses[i], i);
    }
    return pairs.length;
  }

  private int read(long run, long[] pairs) throws SQLException {
    try (Connection connection = Connections.toRead(file)) {
      return read(connection, RunBlock.firstNumber(run), pairs);
    }
  }

  /** Returns how many pairs there are: fewer than a run has where history was removed. */
  private static int read(Connection connection, long first, long[] pairs) throws SQLException {
    long last = first + RunBlock.RUN_WRITES - 1;
    int count = 0;
    try (PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setLong(1, first);
      query.setLong(2, last);
      try (ResultSet chunks = query.executeQuery()) {
        while (chunks.next()) {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the server stops");
          }
          HistoryChunk chunk = HistoryChunk.from(chunks);
          long end = Math.min(chunk.lastId(), last);
          for (long number = Math.max(chunk.id(), first); number <= end; number++) {
            pairs[count++] = RunBlock.pair(HistoryRow.address(chunk.row(number)), number);
          }
        }
      }
    }
    return count;
  }

  /** Sorts pairs whose positions ascend: by one half of the address, and then by the other. */
  static void sortByAddress(long[] pairs, long[] other, int count) {
    distribute(pairs, other, count, POSITION_BITS);
    distribute(other, pairs, count, POSITION_BITS + DIGIT_BITS);
  }

  private static void distribute(long[] from, long[] to, int count, int shift) {
    int[] starts = new int[DIGITS + 1];
    for (int i = 0; i < count; i++) {
      starts[digit(from[i], shift) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      starts[digit + 1] += starts[digit];
    }
    for (int i = 0; i < count; i++) {
      to[starts[digit(from[i], shift)]++] = from[i];
    }
  }

  private static int digit(long pair, int shift) {
    return (int) (pair >>> shift) & (DIGITS - 1);
  }

  /** Breaks off what is being made. */
  @Override
  public void close() {
    thread.shutdownNow();
    BackgroundThread.awaitEnd(thread, CLOSE_MILLIS);
  }
}
