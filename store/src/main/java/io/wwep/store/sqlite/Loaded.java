package io.wwep.store.sqlite;

import io.wwep.store.HistoryLimit;
import io.wwep.store.RegisterTable;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What a start makes of a database file. All that is loaded is held against its checksums, and
 * nothing may be missing: damaged data must not be served.
 *
 * @param table the current registers
 * @param session the connection, in agreement with the table
 * @param fold knows what is not folded yet
 * @param pruner knows where the history begins
 * @param indexer knows what is not indexed yet
 */
record Loaded(
    RegisterTable table, Session session, Fold fold, HistoryPruner pruner, Indexer indexer) {

  /**
   * Loads a database.
   *
   * @throws StoreException when writes are missing that were acknowledged
   * @throws SQLException when it cannot be read, or is damaged
   */
  static Loaded from(Path file, HistoryLimit limit, Session.Opener opener)
      throws IOException, SQLException {
    LogGuard guard = new LogGuard(file);
    Database database = null;
    try {
      database = opener.open();
      guard.takePart();
      // Before the log is touched: where it is damaged, nobody else has what is behind the damage.
      requireAll(database, file);
      database.syncLogOfFormerServer();
      RegisterTable table = new RegisterTable();
      Session session = new Session(file, opener, guard, database, table);
      Fold fold = new Fold(session, table, database.base().foldedThrough());
      loadRegisters(database, table, fold);
      long firstId = database.history().firstId();
      HistoryPruner pruner = new HistoryPruner(session, fold, limit, firstId);
      Indexer indexer =
          new Indexer(session, new RunBuilder(file), database.runs().indexedThrough(), firstId);
      return new Loaded(table, session, fold, pruner, indexer);
    } catch (IOException | SQLException | RuntimeException | Error e) {
      close(database, e);
      guard.close(); // the last one, which leaves the log to who repairs it
      throw e;
    }
  }

  private static void close(Database database, Throwable reason) {
    try {
      if (database != null) {
        database.close();
      }
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** What can be missing without a gap between what is there. */
  private static void requireAll(Database database, Path file) throws SQLException {
    MetaTable meta = database.meta();
    database
        .history()
        .requireEnds(meta.get(MetaTable.PRUNED_THROUGH), meta.get(MetaTable.FOLDED_THROUGH));
    database.peers().requireAll();
    long marked = SyncMark.read(file, meta.get(MetaTable.DATABASE));
    SyncMark.require(file, marked, database.lastSequence());
  }

  /** The base first, then the writes that it does not have, in their order. */
  private static void loadRegisters(Database database, RegisterTable table, Fold fold)
      throws SQLException {
    database.base().visit(row -> row.load(table));
    database.history().visitAfter(fold.foldedThrough(), chunk -> load(chunk, table, fold));
  }

  private static void load(HistoryChunk chunk, RegisterTable table, Fold fold) {
    fold.reserve(chunk.rows().limit());
    for (long number = chunk.id(); number <= chunk.lastId(); number++) {
      long row = chunk.row(number);
      table.set(HistoryRow.address(row), HistoryRow.value(row));
      fold.noteWritten(HistoryRow.address(row), chunk.timeMillis());
    }
  }
}
