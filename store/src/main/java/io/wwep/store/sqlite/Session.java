package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Runs transactions on the database and gets over the failure of one.
 *
 * <p>A transaction that cannot start, or fails before its commit, has changed nothing. When the
 * commit itself fails, nobody knows: the rows may be in the log, to be found by the next one who
 * opens the file. Then the connection is given up, and before anything else is written a new one
 * looks at the file and removes the rows that memory does not have: a write that was answered with
 * a failure must not come true later.
 *
 * <p>Commit thread only.
 */
final class Session {

  /** Opens the database file anew. */
  interface Opener {
    Database open() throws SQLException;
  }

  /** What a transaction does. */
  interface Work {
    void in(Database database) throws SQLException;
  }

  private final Path file;
  private final Opener opener;
  private final FileIdentity identity;

  /** Null while the outcome of a commit is unknown. */
  private Database database;

  private long lastSequence;

  /**
   * @param database open and in agreement with memory
   */
  Session(Path file, Opener opener, Database database) throws IOException, SQLException {
    this.file = file;
    identity = new FileIdentity(file);
    this.opener = opener;
    this.database = database;
    lastSequence = database.lastSequence();
  }

  /** Returns the number of the last write that memory has too. */
  long lastSequence() {
    return lastSequence;
  }

  /** Counts writes whose transaction has been committed. */
  void advance(int writes) {
    lastSequence += writes;
  }

  /** Whether file and memory are known to agree. */
  boolean isSound() {
    return database != null;
  }

  /** What a query asks for. */
  interface Query<T> {
    T in(Database database) throws SQLException;
  }

  /** Runs a query outside of a transaction. */
  <T> T query(Query<T> query) throws SQLException {
    repair();
    return query.in(database);
  }

  /** Commits durably, as the user chose. */
  void commit(Work work) throws SQLException {
    run(work, false);
  }

  /** Commits what may be lost in a crash of the machine, because it can be done again. */
  void commitLate(Work work) throws SQLException {
    run(work, true);
  }

  private void run(Work work, boolean mayBeLate) throws SQLException {
    begin(mayBeLate);
    try {
      work.in(database);
    } catch (SQLException | RuntimeException | Error e) {
      undo();
      throw e;
    }
    end();
  }

  /** Commits durably what is a single statement, and so a transaction by itself. */
  void commitStatement(Work work) throws SQLException {
    identity.check();
    repair();
    try {
      database.beginStatement();
      work.in(database);
    } catch (SQLException | RuntimeException | Error e) {
      if (!SqliteFailure.isBusy(e)) {
        giveUp();
      }
      throw e;
    }
    end();
  }

  private void end() throws SQLException {
    try {
      database.commit();
    } catch (SQLException | RuntimeException | Error e) {
      giveUp();
      throw e;
    }
  }

  private void begin(boolean mayBeLate) throws SQLException {
    identity.check();
    repair();
    try {
      database.begin(mayBeLate);
    } catch (SQLException e) {
      if (!SqliteFailure.isBusy(e)) {
        giveUp();
      }
      throw e;
    }
  }

  /** Brings to the disk what has been committed without waiting for it. */
  void syncLog() throws SQLException {
    try {
      repair();
      database.syncLog();
    } catch (SQLException e) {
      // Part of it may never reach the disk. A new connection starts a new log.
      giveUp();
      throw e;
    }
  }

  private void undo() {
    try {
      database.rollback();
    } catch (SQLException e) {
      // SQLite has undone some failures by itself and has nothing to undo: a new connection knows.
      giveUp();
    }
  }

  /** Closes the connection; the next transaction opens another. */
  void giveUp() {
    Database broken = database;
    database = null;
    if (broken != null) {
      closeQuietly(broken);
    }
  }

  /** Opens the file again after a failure and makes it agree with memory. */
  void repair() throws SQLException {
    if (database != null) {
      return;
    }
    identity.checkNow();
    Database opened = opener.open();
    try {
      if (opened.lastSequence() < lastSequence) {
        throw new StoreException(
            "%s was replaced while the server runs: stop the server and put the right file back"
                .formatted(file));
      }
      opened.begin(false);
      opened.removeHistoryAfter(lastSequence);
      opened.commit();
    } catch (SQLException | RuntimeException | Error e) {
      closeQuietly(opened);
      throw e;
    }
    database = opened;
  }

  private static void closeQuietly(Database broken) {
    try {
      broken.close();
    } catch (SQLException e) {
      // It is being given up because it fails.
    }
  }

  /** Moves the log to the file and closes it. Nothing is lost when this fails. */
  void close() {
    try {
      repair();
      database.checkpoint();
    } catch (SQLException | StoreException e) {
      // The next start reads the log.
    }
    giveUp();
  }
}
