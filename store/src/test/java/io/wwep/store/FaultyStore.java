package io.wwep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A store on a real file whose next commits fail as a test orders. */
final class FaultyStore implements AutoCloseable {

  /** What a commit does. */
  enum Fault {
    NONE,
    /** The disk refuses; the rows are not in the file. */
    REFUSED,
    /** The rows are in the file, but the disk reports a failure. */
    WRITTEN_BUT_FAILED
  }

  private final Path file;
  private final Store store;
  private volatile Fault fault = Fault.NONE;
  private volatile boolean unreachable;

  FaultyStore(Path directory) {
    file = directory.resolve("wwep.db");
    store = SqliteStore.open(file, Fsync.ALWAYS, HistoryLimit.DEFAULT, this::connect);
  }

  private Database connect() throws SQLException {
    if (unreachable) {
      throw failure(SQLiteErrorCode.SQLITE_CANTOPEN);
    }
    return new Database(file, Fsync.ALWAYS) {
      @Override
      void commit() throws SQLException {
        if (fault == Fault.REFUSED) {
          throw failure(SQLiteErrorCode.SQLITE_FULL);
        }
        super.commit();
        if (fault == Fault.WRITTEN_BUT_FAILED) {
          throw failure(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
      }
    };
  }

  private static SQLException failure(SQLiteErrorCode code) {
    return new SQLiteException("ordered by the test", code);
  }

  Store store() {
    return store;
  }

  Path file() {
    return file;
  }

  /** Lets every commit from now on do this. */
  void set(Fault next) {
    fault = next;
  }

  /** Lets nobody open the file from now on, or everybody. */
  void setUnreachable(boolean isUnreachable) {
    unreachable = isUnreachable;
  }

  @Override
  public void close() {
    store.close();
  }
}
