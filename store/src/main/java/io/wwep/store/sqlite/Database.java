package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.ProgressHandler;

/**
 * One connection to the database file, and all that is ever said to it.
 *
 * <p>One thread at a time: the opening one, then the commit thread. A failed statement leaves the
 * transaction open; {@link Session} decides what becomes of it.
 */
class Database implements AutoCloseable {

  /** How long a statement waits for another process's lock. */
  private static final int BUSY_TIMEOUT_MILLIS = 250;

  private static final int JOURNAL_BYTES_MAX = 16 * 1024 * 1024;
  private static final int CACHE_KIBIBYTES = 16 * 1024;

  /** Of SQLite's machine, which makes many millions a second. */
  private static final int PROGRESS_STEPS = 10_000;

  private final Path file;
  private final Connection connection;
  private final Statement statement;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final MetaTable meta;
  private final HistoryTable history;
  private final HistoryRuns runs;
  private final BaseTable base;
  private final PeerIds peers;
  private final LogFile log;
  private final Fsync fsync;

  /** Whether there is a transaction to be ended with a statement of its own. */
  private boolean begun;

  /** Whether the commit need not wait for the disk. */
  private boolean late;

  /**
   * Opens a file that exists; an empty one gets its tables.
   *
   * @throws StoreException when it is no database of this version
   */
  Database(Path file, Fsync fsync) throws SQLException {
    this.file = file;
    this.fsync = fsync;
    log = new LogFile(file);
    connection = Connections.toWrite(file);
    try {
      statement = connection.createStatement();
      configure();
      begin = connection.prepareStatement("BEGIN IMMEDIATE");
      commit = connection.prepareStatement("COMMIT");
      meta = new MetaTable(connection);
      history = new HistoryTable(connection);
      runs = new HistoryRuns(connection, meta);
      base = new BaseTable(connection, meta);
      peers = new PeerIds(connection, meta);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** The file is looked at before anything is changed: it may be another program's. */
  private void configure() throws SQLException {
    set("busy_timeout", BUSY_TIMEOUT_MILLIS);
    set("fullfsync", "ON");
    set("checkpoint_fullfsync", "ON");
    set("synchronous", fsync == Fsync.NEVER ? "OFF" : "FULL");
    Schema.prepare(connection, file);
    try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!mode.next() || !mode.getString(1).equals("wal")) {
        throw new StoreException(
            "%s is on a file system without shared memory (a network share?): choose a --data directory on a local disk"
                .formatted(file));
      }
    }
    // Commits are brought to the disk by LogFile, checkpoints by SQLite when Checkpointer asks.
    set("synchronous", fsync == Fsync.NEVER ? "OFF" : "NORMAL");
    set("journal_size_limit", JOURNAL_BYTES_MAX);
    set("cache_size", -CACHE_KIBIBYTES);
    set("temp_store", "MEMORY");
  }

  private void set(String pragma, Object value) throws SQLException {
    statement.execute("PRAGMA " + pragma + " = " + value);
  }

  /**
   * Starts a transaction that nobody else writes beside.
   *
   * @param mayBeLate a crash of the machine may undo it, so its commit need not wait for the disk;
   *     it is on disk no later than the next commit that does
   */
  void begin(boolean mayBeLate) throws SQLException {
    begin.execute();
    begun = true;
    late = mayBeLate;
  }

  /** Announces a single statement, which is a transaction by itself. */
  void beginStatement() {
    begun = false;
    late = false;
  }

  /** Makes the transaction durable. When this fails, nobody knows whether it did. */
  void commit() throws SQLException {
    if (begun) {
      commit.execute();
      begun = false;
    }
    if (fsync == Fsync.ALWAYS && !late) {
      syncLog();
    }
  }

  /**
   * Brings to the disk what is in the log of a server that was killed: what it had committed and
   * not synced is about to be seen, and what was seen must not get lost. A sync that failed there
   * before may have left a hole, so all is written anew, and copied unless another program reads.
   * While another program writes, the log is synced.
   */
  void syncLogOfFormerServer() throws SQLException {
    if (fsync == Fsync.NEVER || logLength().pages() == 0) {
      return;
    }
    try {
      writeLogAnew();
      if (logLength().copied() > 0) {
        writePagesAnew(() -> {}); // nobody watches a start
      }
      checkpoint();
    } catch (SQLException e) {
      if (!SqliteFailure.isBusy(e)) {
        throw e;
      }
      syncLog();
    }
  }

  /** Waits until all commits are on disk. */
  void syncLog() throws SQLException {
    log.force();
  }

  void rollback() throws SQLException {
    peers.forget();
    statement.execute("ROLLBACK");
  }

  Fsync fsync() {
    return fsync;
  }

  MetaTable meta() {
    return meta;
  }

  HistoryTable history() {
    return history;
  }

  HistoryRuns runs() {
    return runs;
  }

  BaseTable base() {
    return base;
  }

  PeerIds peers() {
    return peers;
  }

  /** Returns the number of the last write in the file; 0 when there was none. */
  long lastSequence() throws SQLException {
    return Math.max(history.lastId(), base.foldedThrough());
  }

  /**
   * Leaves nothing of a commit whose outcome is unknown: neither its rows, nor its remains in the
   * log, which the commit of this transaction overwrites.
   */
  void removeHistoryAfter(long sequence) throws SQLException {
    statement.executeUpdate("DELETE FROM history_chunks WHERE id > " + sequence);
    meta.put(MetaTable.REPAIRS, meta.get(MetaTable.REPAIRS) + 1);
  }

  /** Returns how long the log is. */
  LogLength logLength() throws SQLException {
    return LogLength.ask(connection, "NOOP");
  }

  /** Copies of the log what no reader and no other checkpoint holds up. */
  LogLength checkpointWhatIsFree() throws SQLException {
    return LogLength.ask(connection, "PASSIVE");
  }

  /**
   * Moves the whole log to the file, syncs that and empties the log.
   *
   * @return false when another program's reader held that up
   */
  boolean checkpoint() throws SQLException {
    return Connections.number(statement, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  }

  /**
   * Writes the whole log once more, as it is, and syncs it: after a sync has failed, it may have a
   * hole on disk, and a power loss while it is copied needs all of it.
   */
  void writeLogAnew() throws SQLException {
    // The lock keeps other programs from writing to the log meanwhile, if there are any.
    begin.execute();
    try {
      log.writeAnew();
    } finally {
      rollback();
    }
  }

  /**
   * Puts every page into the log, also those that the next checkpoint would pass over: while a
   * reader holds a checkpoint up, SQLite counts pages as copied that no sync has confirmed yet.
   * With a connection of its own, because no statement may be under way on it.
   *
   * @param progress told now and then
   */
  void writePagesAnew(Runnable progress) throws SQLException {
    String directory = DataFiles.directoryOf(file).toString().replace("'", "''");
    try (Connection own = Connections.toWrite(file);
        Statement vacuum = own.createStatement()) {
      vacuum.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
      // The copy is as large as the file: it is made where that has room, and not in memory.
      vacuum.execute("PRAGMA temp_store_directory = '" + directory + "'");
      vacuum.execute("PRAGMA temp_store = FILE");
      tell(own, progress);
      try {
        vacuum.execute("VACUUM");
      } finally {
        vacuum.execute("PRAGMA temp_store_directory = ''"); // it is the whole process's
      }
    }
  }

  /**
   * Returns the first thing that SQLite finds wrong with the file's structure, or null.
   *
   * @param progress told now and then
   */
  String damage(Runnable progress) throws SQLException {
    tell(connection, progress);
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String first = result.next() ? result.getString(1) : "ok";
      return first.equals("ok") ? null : first;
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  /** Has somebody told while statements go on. */
  private static void tell(Connection connection, Runnable progress) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        PROGRESS_STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            progress.run();
            return 0;
          }
        });
  }

  @Override
  public void close() throws SQLException {
    log.close();
    connection.close();
  }
}
