package io.wwep.store.sqlite;

import io.wwep.store.HistoryLimit;
import io.wwep.store.RegisterTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What a start makes of a database file.
 *
 * @param table the current registers
 * @param session the connection, in agreement with the table
 * @param fold knows what is not folded yet
 * @param pruner knows where the history begins
 * @param indexer knows what is not indexed yet
 */
record Loaded(
    RegisterTable table, Session session, Fold fold, HistoryPruner pruner, Indexer indexer) {

  static Loaded from(Path file, HistoryLimit limit, Session.Opener opener)
      throws IOException, SQLException {
    Database database = opener.open();
    try {
      database.syncLogOfFormerServer();
      RegisterTable table = new RegisterTable();
      Session session = new Session(file, opener, database, table);
      Fold fold = new Fold(session, table, database.base().foldedThrough());
      loadRegisters(database, table, fold, file);
      long firstId = database.history().firstId();
      HistoryPruner pruner = new HistoryPruner(session, fold, limit, firstId);
      Indexer indexer =
          new Indexer(session, new RunBuilder(file), database.runs().indexedThrough(), firstId);
      return new Loaded(table, session, fold, pruner, indexer);
    } catch (IOException | SQLException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  /** The base first, then the writes that it does not have, in their order. */
  private static void loadRegisters(Database database, RegisterTable table, Fold fold, Path file)
      throws SQLException {
    BaseLoader.load(database, file, table);
    database
        .history()
        .visitAfter(
            fold.foldedThrough(),
            (row, timeMillis) -> {
              int register = HistoryRow.address(row);
              table.set(register, HistoryRow.value(row));
              fold.reserve(1);
              fold.noteWritten(register, timeMillis);
            });
  }
}
