package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Writes registers or a history from elsewhere into a database whose server is stopped: all in one
 * transaction, or nothing. It is opened, checked, written and folded by what a server does that
 * with.
 */
public final class Import {

  /** Who wrote registers that were imported: no address of a board. */
  public static final Origin ORIGIN = new Origin("(import)", false);

  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Where the rows come from; it may throw what it likes, and then nothing is changed. */
  public interface Source<T> {
    /** Gives all rows to a sink. */
    void giveTo(Sink<T> sink);
  }

  /** Takes rows one after the other. */
  public interface Sink<T> {
    /**
     * Takes a row.
     *
     * @throws StoreException when it cannot be stored
     */
    void take(T row);
  }

  /**
   * What an import has done.
   *
   * @param firstNumber of the first write that it made
   * @param lastNumber of the last one
   * @param renumberedFrom number from which on writes have others than they came with, because some
   *     were missing between them; 0 when all have their own
   */
  public record Imported(long firstNumber, long lastNumber, long renumberedFrom) {}

  private final Path file;
  private final Session session;
  private final Loaded loaded;
  private long firstNumber;
  private long number;
  private long renumberedFrom;

  private Import(Path file, Loaded loaded) {
    this.file = file;
    this.loaded = loaded;
    session = loaded.session();
    number = session.lastSequence();
    firstNumber = number + 1;
  }

  /**
   * Writes registers at the end of the history of {@code wwep.db} in a data directory, which is
   * made if it is missing. The time of all is now, and {@link #ORIGIN} their peer.
   *
   * @throws StoreException when a server uses it, or it cannot be read or written, or is damaged
   */
  public static Imported registers(Path dataDirectory, Source<RegisterEntry> source) {
    long now = System.currentTimeMillis();
    return into(
        dataDirectory,
        (database, work) -> {
          int peer = database.peers().idOf(ORIGIN);
          ChunkWriter chunks = new ChunkWriter(database.history(), 0);
          source.giveTo(row -> work.append(chunks, now, row.address(), row.value(), peer));
          chunks.flush();
        });
  }

  /**
   * Writes a history into {@code wwep.db} in a data directory, which is made if it is missing, with
   * its times and peers. The numbers begin where those of the rows do, and have no holes.
   *
   * @throws StoreException when there are writes already, or as above
   */
  public static Imported history(Path dataDirectory, Source<HistoryEntry> source) {
    return into(
        dataDirectory,
        (database, work) -> {
          if (database.lastSequence() > 0) {
            throw new StoreException(
                "%s has a history already, and another one cannot be put before or behind it: import into a new directory with --data, or import registers, which are added"
                    .formatted(dataDirectory.resolve(SqliteStore.DATABASE)));
          }
          ChunkWriter chunks = new ChunkWriter(database.history(), 0);
          source.giveTo(row -> work.append(database, chunks, row));
          chunks.flush();
        });
  }

  /** What is done in the transaction. */
  private interface Work {
    void in(Database database, Import work) throws SQLException;
  }

  private static Imported into(Path dataDirectory, Work work) {
    Path file = dataDirectory.resolve(SqliteStore.DATABASE);
    NativeLibrary.load();
    NewData newData = NewData.of(file);
    DataFiles.makeDirectoryOf(file);
    StoreLock lock = StoreLock.acquire(file);
    boolean done = false;
    try {
      Restore.finishIfDecided(file);
      newData.lookForFile();
      SyncMark.requireFile(file);
      DataFiles.makeFile(file);
      DataFiles.syncNamesOfNew(file);
      Imported imported = run(file, work);
      done = true;
      return imported;
    } catch (IOException | SQLException e) {
      throw SqliteFailure.exception(e, file);
    } finally {
      if (!done) {
        newData.removeFiles();
      }
      lock.close();
      if (!done) {
        newData.removeDirectory();
      }
    }
  }

  private static Imported run(Path file, Work work) throws IOException, SQLException {
    Loaded loaded = Loaded.from(file, NO_LIMIT, () -> new Database(file, Fsync.ALWAYS));
    try {
      Import inserted = new Import(file, loaded);
      inserted.session.commit(database -> work.in(database, inserted));
      inserted.session.advance(inserted.number - inserted.session.lastSequence());
      inserted.fold();
      return new Imported(inserted.firstNumber, inserted.number, inserted.renumberedFrom);
    } finally {
      loaded.session().close(true);
    }
  }

  /** Ahead of the next start, which else would have all of it to read. */
  private void fold() {
    try {
      while (loaded.fold().backlogRows() > 0) {
        loaded.fold().step(0);
        if (session.query(Database::logLength).uncopied() >= Checkpointer.OVERDUE_PAGES) {
          session.query(Database::checkpointWhatIsFree);
        }
      }
    } catch (SQLException e) {
      // The next start does it: what was imported is in the history.
    }
  }

  private void append(Database database, ChunkWriter chunks, HistoryEntry row) {
    try {
      if (number == 0) {
        beginWith(database, row.number());
      }
      if (renumberedFrom == 0 && row.number() != number + 1) {
        renumberedFrom = number + 1;
      }
      int peer = database.peers().idOf(row.origin());
      append(chunks, row.timeMillis(), row.address(), row.value(), peer);
    } catch (SQLException e) {
      throw SqliteFailure.exception(e, file);
    }
  }

  /** What was before is as if it had been removed because of its age. */
  private void beginWith(Database database, long first) throws SQLException {
    if (first > 1) {
      database.meta().put(MetaTable.PRUNED_THROUGH, first - 1);
      database.base().setFoldedThrough(first - 1);
    }
    number = first - 1;
    firstNumber = first;
  }

  private void append(ChunkWriter chunks, long timeMillis, int address, int value, int peer) {
    try {
      chunks.add(++number, timeMillis, HistoryRow.pack(address, value, peer));
    } catch (SQLException e) {
      throw SqliteFailure.exception(e, file);
    }
    loaded.table().set(address, value);
    loaded.fold().reserve(1);
    loaded.fold().noteWritten(address, timeMillis);
  }
}
