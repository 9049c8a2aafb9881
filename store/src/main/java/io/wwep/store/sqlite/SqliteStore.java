package io.wwep.store.sqlite;

import io.wwep.store.Batch;
import io.wwep.store.CommitListener;
import io.wwep.store.CommitQueue;
import io.wwep.store.DeviceVisitor;
import io.wwep.store.Fsync;
import io.wwep.store.HealthListener;
import io.wwep.store.HistoryLimit;
import io.wwep.store.RegisterTable;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import io.wwep.store.StoreFigures;
import io.wwep.store.StoreHealth;
import io.wwep.store.StoreStoppedError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Registers in memory, and every write in a SQLite file before anybody sees it.
 *
 * <p>Reads never leave the caller's thread. Writes go through {@link CommitQueue} to {@link
 * Committer}, the one thread that talks to the file.
 */
public final class SqliteStore implements Store {

  /** Name of the database file in a data directory. */
  public static final String DATABASE = "wwep.db";

  /** A whole close, and what of it may be spent on folding. */
  private static final long CLOSE_MILLIS = 1400;

  private static final long FOLD_NANOS = 700_000_000;

  private final RegisterTable table;
  private final CommitFeed feed = new CommitFeed();
  private final CommitQueue queue = new CommitQueue();
  private final Session session;
  private final Housekeeping housekeeping;
  private final CommitMeter meter;
  private final StoreLock lock;
  private final Thread thread;
  private final Path file;
  private final String description;
  private final List<String> notes;
  private volatile long closeNanos;

  private SqliteStore(Loaded loaded, StoreLock lock, Path file, Fsync fsync, Path replaced) {
    table = loaded.table();
    session = loaded.session();
    housekeeping =
        new Housekeeping(
            session,
            loaded.fold(),
            loaded.pruner(),
            loaded.indexer(),
            new WalSync(session, fsync),
            new Checkpointer(file, fsync, this::checkpointFailed));
    meter = new CommitMeter(file, queue, loaded.pruner(), session.notes());
    this.lock = lock;
    this.file = file;
    notes =
        replaced == null
            ? List.of()
            : List.of(
                "a restore that was broken off has been brought to its end: what was there before is kept as %s"
                    .formatted(replaced));
    description = "sqlite %s (fsync %s)".formatted(file, fsync.name().toLowerCase(Locale.ROOT));
    Committer committer = new Committer(queue, session, housekeeping, table, feed, meter);
    thread = new Thread(() -> serve(committer), "wwep-commit");
    // A disk that hangs must not keep the process from ending; what is not committed is not
    // acknowledged either.
    thread.setDaemon(true);
    queue.setTaker(thread);
    thread.start();
  }

  /**
   * Opens {@code wwep.db} in a data directory, as {@link #open} does.
   *
   * @throws StoreException when it cannot be opened
   */
  public static SqliteStore openIn(Path dataDirectory, Fsync fsync, HistoryLimit history) {
    return open(dataDirectory.resolve(DATABASE), fsync, history);
  }

  /**
   * Opens a database file and loads its registers; makes what is missing.
   *
   * @param fsync when a write counts as durable
   * @param history how much history is kept
   * @throws StoreException when it cannot be opened: in use by another server, written by a newer
   *     version, unreadable, damaged
   */
  public static SqliteStore open(Path file, Fsync fsync, HistoryLimit history) {
    return open(file, fsync, history, () -> new Database(file, fsync));
  }

  /** Opens with another way to connect, for tests that need a connection to fail. */
  static SqliteStore open(Path file, Fsync fsync, HistoryLimit history, Session.Opener opener) {
    NativeLibrary.load();
    DataFiles.makeDirectoryOf(file);
    StoreLock lock = StoreLock.acquire(file);
    try {
      Path replaced = Restore.finishIfDecided(file);
      SyncMark.requireFile(file);
      DataFiles.makeFile(file);
      DataFiles.syncNamesOfNew(file);
      if (fsync != Fsync.NEVER) {
        // A server with the other setting may have left it.
        DataFiles.sync(file);
      }
      return new SqliteStore(Loaded.from(file, history, opener), lock, file, fsync, replaced);
    } catch (IOException | SQLException e) {
      lock.close();
      throw SqliteFailure.exception(e, file);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** The commit thread may have nothing to do until it hears of this. */
  private void checkpointFailed(SQLException failure) {
    session.distrust(failure);
    LockSupport.unpark(thread);
  }

  private void serve(Committer committer) {
    try {
      committer.run();
      housekeeping.finish(closeNanos + FOLD_NANOS);
    } catch (Throwable e) {
      // A process that ends now gives no answer, where the right one is not known for certain.
      Error end = e instanceof Error error ? error : new StoreStoppedError(e);
      thread.getUncaughtExceptionHandler().uncaughtException(thread, end);
    } finally {
      queue.close();
      committer.failRest(Batch.CLOSED);
      // Before the database: who closes it last removes the log.
      boolean alone = housekeeping.close();
      session.close(alone);
      lock.close();
    }
  }

  @Override
  public int read(int address) {
    return table.get(address);
  }

  @Override
  public void execute(Batch batch) {
    if (batch.writeCount() > 0) {
      Objects.requireNonNull(batch.origin(), "origin");
      if (queue.offer(batch)) {
        return;
      }
      batch.fail(table, Batch.CLOSED);
    } else {
      batch.apply(table);
    }
    batch.completion().completed(batch);
    batch.completion().flush();
  }

  /**
   * Opens a reader of this store's history; close it before the store, which otherwise leaves its
   * log behind for the next start.
   *
   * @throws StoreException when the file cannot be opened
   */
  public HistoryReader historyReader() {
    return HistoryReader.open(file);
  }

  @Override
  public int deviceCount() {
    return table.deviceCount();
  }

  @Override
  public int registerCount() {
    return table.registerCount();
  }

  @Override
  public int visitDevices(int first, int limit, DeviceVisitor visitor) {
    return table.visitDevices(first, limit, visitor);
  }

  @Override
  public void addListener(CommitListener listener) {
    feed.add(listener);
  }

  @Override
  public void addListener(HealthListener listener) {
    session.notes().addListener(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public StoreHealth health() {
    FileIdentity identity = session.identity();
    String loss = identity.isSame() ? session.unsynced() : identity.loss();
    return session.notes().health(loss == null ? session.lossBeside() : loss, loss == null);
  }

  @Override
  public StoreFigures figures() {
    return meter.figures();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns the process that has the database of a data directory by what its lock file says, if
   * that process runs; it may be another one that was given the number of a server that was killed.
   */
  public static OptionalLong ownerIn(Path dataDirectory) {
    return StoreLock.owner(dataDirectory.resolve(DATABASE));
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    if (!queue.isClosed()) {
      closeNanos = System.nanoTime();
      queue.close();
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
