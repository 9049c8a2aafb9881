package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The history as it is at one moment, whatever is written, pruned or repaired meanwhile: a read
 * transaction at a time. The writes of some registers are found run by run, in the index or, where
 * a run is not indexed yet, among all writes.
 *
 * <p>One thread at a time.
 */
final class HistoryView {

  private final Path file;
  private final Connection connection;
  private final MetaTable meta;
  private final HistoryTable history;
  private final HistoryRuns runs;
  private final BaseTable base;
  private final Origins origins;
  private final ChunkCursor chunks;
  private final HistoryRest rest = new HistoryRest();

  // As of the transaction.
  private long prunedThrough;
  private long lastNumber;
  private long foldedThrough;
  private long indexedThrough;
  private long repairs;

  /**
   * @param file that the connection is to
   */
  HistoryView(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    meta = new MetaTable(connection);
    history = new HistoryTable(connection);
    runs = new HistoryRuns(connection, meta);
    base = new BaseTable(connection, meta);
    origins = new Origins(connection);
    chunks = new ChunkCursor(connection);
  }

  /** What is done at one moment. */
  interface Work<T> {
    T read() throws SQLException;
  }

  /**
   * Does something at one moment.
   *
   * @throws SQLException also when something is missing or not what was written
   */
  <T> T atOneMoment(Work<T> work) throws SQLException {
    // Read before that moment: the mark may go ahead meanwhile.
    long marked = SyncMark.read(file, meta.get(MetaTable.DATABASE));
    try (Statement transaction = connection.createStatement()) {
      transaction.execute("BEGIN");
      try {
        look(marked);
        T result = work.read();
        chunks.close();
        transaction.execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        Connections.undo(transaction, e);
        throw e;
      } finally {
        origins.clear();
      }
    }
  }

  private void look(long marked) throws SQLException {
    prunedThrough = meta.get(MetaTable.PRUNED_THROUGH);
    foldedThrough = meta.get(MetaTable.FOLDED_THROUGH);
    history.requireEnds(prunedThrough, foldedThrough);
    lastNumber = Math.max(history.lastId(), prunedThrough);
    SyncMark.require(file, marked, Math.max(lastNumber, foldedThrough));
    indexedThrough = meta.get(MetaTable.INDEXED_THROUGH);
    repairs = meta.get(MetaTable.REPAIRS);
  }

  /** Returns the number of the first write; one more than the last where there is none. */
  long firstNumber() {
    return prunedThrough + 1;
  }

  /** Returns the number of the last write that there is or was; 0 when there was none. */
  long lastNumber() {
    return lastNumber;
  }

  /** Returns which writes there are. */
  HistorySpan span() throws SQLException {
    boolean empty = lastNumber < firstNumber();
    return new HistorySpan(
        firstNumber(),
        empty ? 0 : chunks.at(firstNumber()).timeMillis(),
        lastNumber,
        empty ? 0 : chunks.at(lastNumber).timeMillis());
  }

  /** Returns the number of the last write that register_base has. */
  long foldedThrough() {
    return foldedThrough;
  }

  /** Returns how often writes had to be removed whose commit had failed. */
  long repairs() {
    return repairs;
  }

  BaseTable base() {
    return base;
  }

  ChunkCursor chunks() {
    return chunks;
  }

  /** Whether the index has a run. Writes that it has change no more, but for being pruned. */
  boolean isIndexed(long run) {
    return RunBlock.firstNumber(run + 1) - 1 <= indexedThrough;
  }

  /** Returns all writes of a run that is not indexed, valid until the next call of any method. */
  HistoryRows rest(long run) throws SQLException {
    return rest.of(run, this);
  }

  /**
   * Visits the writes of a run to some registers, in no particular order.
   *
   * @param low smallest number
   * @param high largest number
   */
  void visit(long run, AddressRange wanted, long low, long high, RunBlock.PairVisitor visitor)
      throws SQLException {
    long from = Math.max(low, firstNumber());
    long through = Math.min(high, lastNumber);
    if (isIndexed(run)) {
      runs.visit(
          run,
          wanted,
          (number, address) -> {
            if (number >= from && number <= through) {
              visitor.write(number, address);
            }
          });
      return;
    }
    HistoryRows rows = rest(run);
    long end = Math.min(through + 1, rows.end());
    for (long number = Math.max(from, rows.first()); number < end; number++) {
      int address = HistoryRow.address(rows.row(number));
      if (wanted.has(address)) {
        visitor.write(number, address);
      }
    }
  }

  /**
   * Returns a write that was visited.
   *
   * @param wanted the register that it is to, or some of which it is one
   */
  HistoryEntry entry(long number, AddressRange wanted) throws SQLException {
    HistoryChunk chunk = chunks.at(number);
    requireFit(wanted.has(HistoryRow.address(chunk.row(number))));
    return chunk.entry(number, origins.get(HistoryRow.peer(chunk.row(number))));
  }

  /** Makes sure that a write is to the register that the index says. */
  static void requireFit(boolean fits) throws SQLException {
    if (!fits) {
      throw Damage.of("the index does not fit the history");
    }
  }
}
