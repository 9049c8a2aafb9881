package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import io.wwep.store.RegisterTable;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs transactions on the database and gets over the failure of one.
 *
 * <p>A transaction that cannot start, or fails before its commit, has changed nothing. When the
 * commit itself fails, nobody knows: the rows may be in the log, to be found by the next one who
 * opens the file. Then the connection is given up, and before anything else is written a new one
 * looks at the file and removes the rows that memory does not have: a write that was answered with
 * a failure must not come true later. When it was the disk that failed, {@link Proof} comes before
 * anything else is acknowledged.
 *
 * <p>Commit thread only, but for {@link #distrust}.
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

  /** For how long, at least, a file is not looked through again that was found to be damaged. */
  private static final long DAMAGED_NANOS_MIN = 1_000_000_000;

  private final Path file;
  private final Opener opener;
  private final FileIdentity identity;
  private final Proof proof;
  private final CommitNotes notes;
  private final SyncMark mark;
  private final Fsync fsync;

  /** The failure after which it is not known what is on disk; null when there was none. */
  private final AtomicReference<Throwable> doubt = new AtomicReference<>();

  private final LogGuard guard;

  /** Null while the outcome of a commit is unknown. */
  private Database database;

  private long lastSequence;

  /** What the last repair failed with; null when it did not. */
  private Exception repairFailure;

  private long repairFailedNanos;

  /** For how long after that it is not tried again. */
  private long repairPauseNanos;

  private volatile boolean closing;

  /** Whether the log went with writes in it that are nowhere else. */
  private volatile boolean lostLog;

  /**
   * @param guard of the log, to be closed with this
   * @param database open and in agreement with memory
   * @param table memory
   */
  Session(Path file, Opener opener, LogGuard guard, Database database, RegisterTable table)
      throws IOException, SQLException {
    this.file = file;
    proof = new Proof(file, table);
    identity = new FileIdentity(file);
    this.opener = opener;
    this.guard = guard;
    this.database = database;
    lastSequence = database.lastSequence();
    notes = new CommitNotes(file, lastSequence);
    fsync = database.fsync();
    mark = SyncMark.open(file, database.meta().get(MetaTable.DATABASE));
  }

  /** Returns what is told whether writes can be made durable. */
  CommitNotes notes() {
    return notes;
  }

  /** Returns the number of the last write that memory has too. */
  long lastSequence() {
    return lastSequence;
  }

  /** Counts writes whose transaction has been committed, as durably as the user chose. */
  void advance(long writes) {
    lastSequence += writes;
    if (fsync == Fsync.ALWAYS) {
      mark.moveTo(lastSequence);
    }
  }

  /** Says what is missing beside the database; null when all is there. Any thread. */
  String lossBeside() {
    String loss = identity.lossBeside();
    return closing ? null : loss; // the last one to close the database removes the log
  }

  /** Tells whether the file is still the one that was opened. */
  FileIdentity identity() {
    return identity;
  }

  /** Whether file and memory are known to agree. */
  boolean isSound() {
    return database != null && doubt.get() == null;
  }

  /**
   * Notes a failure from any thread. If it was the disk's, what was written before it may never get
   * there, whatever later syncs say.
   */
  void distrust(Throwable failure) {
    if (SqliteFailure.isOfTheDisk(failure)) {
      doubt.set(failure);
    }
  }

  /**
   * Says why writes that were acknowledged may not be on disk; null while there is no such doubt.
   * With {@link Fsync#ALWAYS} there is none, unless the log was removed: what could not be synced
   * was not acknowledged. Any thread.
   */
  String unsynced() {
    if (lostLog) {
      return "%s-wal was removed while the server ran, and not all that it held could be saved: look with 'wwep check', and restore a backup"
          .formatted(file);
    }
    return fsync == Fsync.ALWAYS || doubt.get() == null
        ? null
        : "%s may lack what was written last, because a sync failed: check the disk, and what boards wrote last"
            .formatted(file);
  }

  /** What a query asks for. */
  interface Query<T> {
    T in(Database database) throws SQLException;
  }

  /** Runs a query outside of a transaction. */
  <T> T query(Query<T> query) throws SQLException {
    repair();
    try {
      return query.in(database);
    } catch (SQLException e) {
      distrust(e);
      throw e;
    }
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
      distrust(e);
      undo();
      throw e;
    }
    end();
  }

  /**
   * Finds out whether commits work, where the last one did not, and no board may write for long.
   */
  void probe() throws SQLException {
    commit(database -> database.removeHistoryAfter(lastSequence));
    notes.probed();
  }

  /** Commits durably what is a single statement, and so a transaction by itself. */
  void commitStatement(Work work) throws SQLException {
    identity.check();
    repair();
    try {
      database.beginStatement();
      work.in(database);
    } catch (SQLException | RuntimeException | Error e) {
      giveUpUnlessBusy(e);
      throw e;
    }
    end();
  }

  private void end() throws SQLException {
    try {
      database.commit();
      requireNoDoubt();
    } catch (SQLException | RuntimeException | Error e) {
      giveUp(e);
      throw e;
    }
  }

  /** A checkpoint may have met a failure that this connection's own sync was not told of. */
  private void requireNoDoubt() throws SQLException {
    Throwable failure = doubt.get();
    if (failure != null) {
      throw failure instanceof SQLException e ? e : new SQLException(failure);
    }
  }

  private void begin(boolean mayBeLate) throws SQLException {
    identity.check();
    repair();
    try {
      database.begin(mayBeLate);
    } catch (SQLException e) {
      giveUpUnlessBusy(e);
      throw e;
    }
  }

  private void giveUpUnlessBusy(Throwable failure) {
    if (!SqliteFailure.isBusy(failure)) {
      giveUp(failure);
    }
  }

  /** Brings to the disk what has been committed without waiting for it. */
  void syncLog() throws SQLException {
    try {
      repair();
      database.syncLog();
      mark.moveTo(lastSequence);
    } catch (SQLException e) {
      giveUp(e);
      throw e;
    }
  }

  private void undo() {
    try {
      database.rollback();
    } catch (SQLException e) {
      // SQLite has undone some failures by itself and has nothing to undo: a new connection knows.
      giveUp(e);
    }
  }

  /** Closes the connection because of a failure; the next transaction opens another. */
  private void giveUp(Throwable failure) {
    distrust(failure);
    giveUp();
  }

  /** Closes the connection; the next transaction opens another. */
  void giveUp() {
    Database broken = database;
    database = null;
    if (broken != null) {
      closeQuietly(broken);
    }
  }

  /** Whether this was thrown because a repair has just failed: it need not be tried again now. */
  boolean isOfRepair(Exception failure) {
    return failure == repairFailure;
  }

  /** Opens the file again after a failure and makes it agree with memory. */
  void repair() throws SQLException {
    if (isSound()) {
      return;
    }
    long start = System.nanoTime();
    if (repairFailure != null && start - repairFailedNanos < repairPauseNanos) {
      throw again(repairFailure);
    }
    repairFailure = null;
    try {
      tryToRepair();
    } catch (SQLException | RuntimeException e) {
      repairFailure = e;
      repairFailedNanos = System.nanoTime();
      // To look takes as long as the file is large, and who writes meanwhile is told at once.
      repairPauseNanos =
          SqliteFailure.isDamage(e) ? Math.max(DAMAGED_NANOS_MIN, repairFailedNanos - start) : 0;
      throw e;
    }
  }

  private static SQLException again(Exception failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return (SQLException) failure;
  }

  private void tryToRepair() throws SQLException {
    // First: this connection may be the only one that still reaches a log that was removed.
    identity.checkNow();
    giveUp();
    Throwable failure = doubt.get();
    Database opened = open();
    try {
      if (opened.lastSequence() < lastSequence) {
        throw new StoreException(
            "%s was replaced while the server runs: stop the server and put the right file back"
                .formatted(file));
      }
      if (failure != null) {
        proof.secureLog(opened, failure, notes::turn);
      }
      // Before what needs room for the whole file: what was refused must not come true.
      opened.begin(false);
      opened.removeHistoryAfter(lastSequence);
      opened.commit();
      if (failure != null) {
        proof.securePages(opened, notes::turn);
        notes.proved(proof.of(opened, notes::turn));
      }
    } catch (SQLException | RuntimeException | Error e) {
      // What is done to get over one failure can meet another.
      distrust(e);
      closeQuietly(opened);
      throw e;
    }
    doubt.compareAndSet(failure, null);
    database = opened;
  }

  private Database open() throws SQLException {
    try {
      return opener.open();
    } catch (SQLException e) {
      distrust(e);
      throw e;
    }
  }

  private static void closeQuietly(AutoCloseable broken) {
    try {
      broken.close();
    } catch (Exception e) {
      // It is being given up because it fails.
    }
  }

  /**
   * Moves the log to the file and closes it. Nothing is lost when this fails: the log stays, and
   * the next start reads it.
   *
   * @param alone whether no other thread has the file open; who still copies the log must not
   *     become the last one to close it
   */
  void close(boolean alone) {
    closing = true;
    boolean emptied = false;
    try {
      repair();
      emptied = database.checkpoint();
    } catch (SQLException | StoreException e) {
      distrust(e);
      emptied = saveRemovedLog();
    }
    lostLog = !emptied && !identity.isLogSame();
    if (emptied && isSound()) {
      guard.close(); // so that the other one, which can, removes the log
    }
    giveUp();
    if (alone) {
      guard.close();
    }
    mark.close();
  }

  /** What a log holds that the next start cannot find has to go to the file, even in doubt. */
  private boolean saveRemovedLog() {
    try {
      return database != null && !identity.isLogSame() && database.checkpoint();
    } catch (SQLException e) {
      return false;
    }
  }
}
