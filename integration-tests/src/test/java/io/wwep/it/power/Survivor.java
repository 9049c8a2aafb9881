package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Batch;
import io.wwep.store.Completion;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A database that has survived a power loss, as far as that is so. */
final class Survivor {

  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final int LOOKUPS = 4;

  /** No board has it. */
  private static final int ADDRESS = 0xFFFF00;

  private final Path file;

  Survivor(Path file) {
    this.file = file;
  }

  /** Compares a database with what must be there. */
  interface Check {

    /**
     * Compares what a store and the history's table hold.
     *
     * @throws AssertionError when something is missing, or there that must not be
     */
    void check(Store store, History history);
  }

  /**
   * Opens the database, compares it, and goes on working with it.
   *
   * @throws AssertionError when it is not as it must be
   */
  void check(Check check) throws Exception {
    int value = (int) System.nanoTime() & 0xFFFF;
    try (Store store = open()) {
      History history = query(History::read);
      check.check(store, history);
      checkIndex(history);
      write(store, ADDRESS, value);
    }
    assertThat(query(Survivor::integrity)).isEqualTo("ok");
    try (Store store = open()) {
      assertThat(store.read(ADDRESS)).as("a write after the power loss").isEqualTo(value);
    }
  }

  /** The index must find what a look at everything finds; some registers stand for all. */
  private void checkIndex(History history) {
    try (HistoryReader reader = HistoryReader.open(file)) {
      for (int i = 0; i < LOOKUPS && history.size() > 0; i++) {
        int address = history.address((int) ((long) i * history.size() / LOOKUPS));
        assertThat(
                reader.writes(
                    AddressRange.of(address),
                    0,
                    Long.MAX_VALUE,
                    HistoryReader.LIMIT_MAX,
                    HistoryOrder.NEWEST_FIRST))
            .as("history of %06X", address)
            .extracting(HistoryEntry::value)
            .isEqualTo(history.newestValues(address));
      }
    }
  }

  private Store open() {
    return SqliteStore.open(file, Fsync.NEVER, NO_LIMIT);
  }

  /** Writes to a register and waits. */
  static void write(Store store, int address, int value) throws Exception {
    CompletableFuture<Integer> stored = new CompletableFuture<>();
    Batch batch =
        new Batch(
            new Completion() {
              @Override
              public void completed(Batch done) {
                stored.complete(done.value(0));
              }

              @Override
              public void flush() {}
            });
    batch.start(new Origin("192.0.2.1", false));
    batch.addWrite(address, value);
    store.execute(batch);
    assertThat(stored.get(10, TimeUnit.SECONDS)).isEqualTo(value);
  }

  private static String integrity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      return result.getString(1);
    }
  }

  /** What a query asks for. */
  interface Query<T> {
    T in(Connection connection) throws SQLException;
  }

  private <T> T query(Query<T> query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return query.in(connection);
    }
  }
}
