package io.wwep.store.sqlite;

import io.wwep.protocol.Wwep;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Reads who wrote a register when, from the file of a store that is open or not, with a connection
 * of its own; writes of the store go on meanwhile. A page takes milliseconds, also for a register
 * that was written rarely or never, once the index has caught up with the history.
 *
 * <p>May be used by any thread; one at a time is served.
 */
public final class HistoryReader implements AutoCloseable {

  /** Most entries of one call. */
  public static final int LIMIT_MAX = 10_000;

  private final Path file;
  private Connection connection;

  /** Null after a failure, which ends statements too: the next call connects anew. */
  private HistoryLookup lookup;

  private HistoryReader(Path file) throws SQLException {
    this.file = file;
    connect();
  }

  /**
   * Opens {@code wwep.db} in a data directory, as {@link #open} does.
   *
   * @throws StoreException when it cannot be opened
   */
  public static HistoryReader openIn(Path dataDirectory) {
    return open(dataDirectory.resolve(SqliteStore.DATABASE));
  }

  /**
   * Opens a database file.
   *
   * @throws StoreException when there is none, or it cannot be opened: unreadable, damaged, of
   *     another version or another program
   */
  public static HistoryReader open(Path file) {
    NativeLibrary.load();
    ReadOnly.requireFile(file);
    try {
      return new HistoryReader(file);
    } catch (SQLException e) {
      throw SqliteFailure.exception(e, file);
    }
  }

  private void connect() throws SQLException {
    try {
      use(Connections.toRead(file));
    } catch (SQLException e) {
      if (!SqliteFailure.isReadOnly(e) || hasLog()) {
        throw e;
      }
      // A database that was closed has no log, and where none can be made, nobody writes either.
      use(Connections.toReadUnchanged(file));
    }
  }

  private boolean hasLog() {
    try {
      // SQLite keeps the log beside what a link leads to.
      return Files.exists(LogFile.of(file));
    } catch (IOException e) {
      return false;
    }
  }

  private void use(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      Schema.requireCurrent(statement, file);
      lookup = new HistoryLookup(file, opened);
      connection = opened;
    } catch (SQLException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Returns the newest writes to a register, the newest first.
   *
   * @param address device × 256 + register, 0 to 0xFFFFFF
   * @param beforeNumber only writes with smaller numbers; {@link Long#MAX_VALUE} for the newest
   * @param limit how many at most, 1 to {@link #LIMIT_MAX}
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public List<HistoryEntry> newest(int address, long beforeNumber, int limit) {
    return newest(address, address, beforeNumber, limit);
  }

  /**
   * Returns the newest writes to the registers of a device, the newest first.
   *
   * @param device 0 to 0xFFFF
   * @param beforeNumber as above
   * @param limit as above
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public List<HistoryEntry> newestOfDevice(int device, long beforeNumber, int limit) {
    int first = device << 8;
    return newest(first, first | 0xFF, beforeNumber, limit);
  }

  private synchronized List<HistoryEntry> newest(int first, int last, long before, int limit) {
    if (first < 0 || last >= Wwep.REGISTER_COUNT) {
      throw new IllegalArgumentException(
          "address must be 0 to %d, not %d".formatted(Wwep.REGISTER_COUNT - 1, first));
    }
    if (before < 1 || limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException(
          "beforeNumber must be 1 or more and limit 1 to %d, not %d and %d"
              .formatted(LIMIT_MAX, before, limit));
    }
    try {
      if (lookup == null) {
        connect();
      }
      return lookup.newest(first, last, before, limit);
    } catch (SQLException e) {
      close();
      throw SqliteFailure.exception(e, file);
    }
  }

  @Override
  public synchronized void close() {
    lookup = null;
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing was written through it.
    }
  }
}
