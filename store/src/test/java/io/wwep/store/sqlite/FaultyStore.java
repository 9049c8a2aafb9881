package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A store on a real file whose next commits fail as a test orders. */
final class FaultyStore implements AutoCloseable {

  /** What a commit does. */
  enum Fault {
    NONE,
    /** A statement fails within the transaction, before its commit. */
    BROKEN_OFF,
    /** Something is wrong with the process itself. */
    ERROR,
    /** The disk refuses; the rows are not in the file. */
    REFUSED,
    /** The rows are in the file, but the disk reports a failure. */
    WRITTEN_BUT_FAILED
  }

  /** Without pruning, which would repair what the commit thread must repair by itself. */
  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Path file;
  private final Store store;
  private volatile Fault fault = Fault.NONE;
  private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
  private volatile boolean unreachable;
  private volatile boolean noRoom;
  private volatile boolean checkpointsFail;

  FaultyStore(Path directory) {
    file = directory.resolve("wwep.db");
    store = SqliteStore.open(file, Fsync.ALWAYS, NO_LIMIT, this::connect);
  }

  private Database connect() throws SQLException {
    if (unreachable) {
      throw failure(SQLiteErrorCode.SQLITE_CANTOPEN);
    }
    return new Database(file, Fsync.ALWAYS) {
      @Override
      HistoryTable history() {
        if (fault == Fault.ERROR) {
          throw new AssertionError("ordered by the test");
        }
        if (fault == Fault.BROKEN_OFF) {
          throw new IllegalStateException("broken off by the test");
        }
        return super.history();
      }

      @Override
      void commit() throws SQLException {
        Fault first = next.poll();
        Fault now = first == null ? fault : first;
        if (now == Fault.REFUSED) {
          throw failure(SQLiteErrorCode.SQLITE_FULL);
        }
        super.commit();
        if (now == Fault.WRITTEN_BUT_FAILED) {
          throw failure(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
      }

      @Override
      boolean checkpoint() throws SQLException {
        if (checkpointsFail) {
          throw failure(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
        return super.checkpoint();
      }

      @Override
      void writePagesAnew(Runnable progress) throws SQLException {
        if (noRoom) {
          throw failure(SQLiteErrorCode.SQLITE_FULL);
        }
        super.writePagesAnew(progress);
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
  void set(Fault fromNowOn) {
    fault = fromNowOn;
  }

  /** Lets the next commits do these, and those after them what was set. */
  void setNext(Fault... faults) {
    next.addAll(List.of(faults));
  }

  /** Lets there be no room for another copy of the file from now on, or room enough. */
  void setNoRoom(boolean isNoRoom) {
    noRoom = isNoRoom;
  }

  /** Lets every sync of what was copied to the file fail from now on. */
  void failCheckpoints() {
    checkpointsFail = true;
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
