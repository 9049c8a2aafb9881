package io.wwep.store.sqlite;

import io.wwep.protocol.Wwep;
import io.wwep.store.RegisterTable;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the table {@code register_base} into memory at the start.
 *
 * <p>What takes the time is stepping through the rows, so a large table is read by several threads,
 * each with a connection of its own and one stretch of addresses after the other.
 */
final class BaseLoader {

  /** Below so many pages of 4 KiB, some hundred thousand registers, one thread is as quick. */
  private static final long PAGES_OF_ONE_THREAD = 2_048;

  private static final int THREADS_MAX = 4;

  /** A stretch is whole chunks, so that no two threads meet in one. */
  private static final int STRETCH_BITS = RegisterTable.CHUNK_BITS + 2;

  private static final int STRETCHES = Wwep.REGISTER_COUNT >> STRETCH_BITS;

  private final Path file;
  private final RegisterTable table;
  private final AtomicInteger nextStretch = new AtomicInteger();
  private volatile boolean stopped;

  private BaseLoader(Path file, RegisterTable table) {
    this.file = file;
    this.table = table;
  }

  /**
   * Loads all registers of the base.
   *
   * @param database for the calling thread; nobody writes to it meanwhile
   * @throws StoreException when the table holds what is no register
   */
  static void load(Database database, Path file, RegisterTable table) throws SQLException {
    new BaseLoader(file, table).load(database);
  }

  private void load(Database database) throws SQLException {
    Connection own = database.connection();
    rejectOthers(own);
    List<CompletableFuture<Void>> helpers = new ArrayList<>();
    for (int i = 1; i < threads(own); i++) {
      helpers.add(startHelper("wwep-load-" + i));
    }
    try {
      loadStretches(own);
    } finally {
      for (CompletableFuture<Void> each : helpers) {
        join(each);
      }
    }
  }

  private static int threads(Connection connection) throws SQLException {
    long pages = Connections.number(connection, "PRAGMA page_count");
    int processors = Runtime.getRuntime().availableProcessors();
    return pages < PAGES_OF_ONE_THREAD ? 1 : Math.min(THREADS_MAX, processors);
  }

  /** Both ends of a table by row number are found at once. */
  private void rejectOthers(Connection connection) throws SQLException {
    long least = Connections.number(connection, "SELECT min(address) FROM register_base");
    long most = Connections.number(connection, "SELECT max(address) FROM register_base");
    if (least < 0 || most >= Wwep.REGISTER_COUNT) {
      throw new StoreException(
          "%s is damaged (it has a register %d): restore a backup"
              .formatted(file, least < 0 ? least : most));
    }
  }

  private CompletableFuture<Void> startHelper(String name) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread = new Thread(() -> help(done), name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  @SuppressWarnings("CatchThrowable") // For the thread that waits.
  private void help(CompletableFuture<Void> done) {
    try (Connection connection = Connections.toWrite(file)) {
      loadStretches(connection);
      done.complete(null);
    } catch (Throwable failure) {
      done.completeExceptionally(failure);
    }
  }

  private void loadStretches(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT address << 16 | value FROM register_base WHERE address BETWEEN ? AND ?")) {
      int stretch = nextStretch.getAndIncrement();
      while (stretch < STRETCHES && !stopped) {
        select.setLong(1, (long) stretch << STRETCH_BITS);
        select.setLong(2, ((stretch + 1L) << STRETCH_BITS) - 1);
        load(select);
        stretch = nextStretch.getAndIncrement();
      }
    } catch (SQLException | RuntimeException | Error e) {
      stopped = true;
      throw e;
    }
  }

  /** Both columns come as one, which halves the calls into the driver. */
  private void load(PreparedStatement select) throws SQLException {
    try (ResultSet result = select.executeQuery()) {
      while (result.next()) {
        long both = result.getLong(1);
        table.load((int) (both >> 16), (int) both & 0xFFFF);
      }
    }
  }

  /** Not to be interrupted: without what the helper loads the table would be wrong. */
  private void join(CompletableFuture<Void> helper) throws SQLException {
    try {
      helper.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw unexpected(file, e.getCause());
    }
  }

  private static StoreException unexpected(Path file, Throwable cause) {
    return new StoreException(
        "%s cannot be loaded (%s): start java with more memory, as with -Xmx1g"
            .formatted(file, cause),
        cause);
  }
}
