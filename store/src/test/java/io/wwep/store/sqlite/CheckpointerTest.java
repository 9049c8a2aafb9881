package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointerTest {

  private static final int WRITES_OF_A_COMMIT = 1000;
  private static final long PAGE_BYTES = 4096;

  /** What SQLite leaves of a log that was longer. */
  private static final long LOG_BYTES_KEPT = 16 * 1024 * 1024;

  /** Well below the log at which SQLite would do it by itself. */
  private static final long LOG_BYTES_MAX = 4 * Checkpointer.DUE_PAGES * PAGE_BYTES;

  @TempDir private Path directory;

  private long bytesOf(String name) throws Exception {
    return Files.size(directory.resolve(name));
  }

  private void commit(Store store, int commits) {
    for (int i = 0; i < commits; i++) {
      Call call = Call.from(Call.PLAIN);
      for (int j = 0; j < WRITES_OF_A_COMMIT; j++) {
        call.thenWrite(j, i);
      }
      call.runOn(store);
    }
  }

  @Test
  void shouldLetTheLogStartOverWhileCommitsGoOn() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      commit(store, 16 * Checkpointer.DUE_PAGES / 2);
      // A busy machine lets it grow further; only one that starts over is cut to this again.
      assertThat(bytesOf("wwep.db-wal")).isLessThanOrEqualTo(LOG_BYTES_KEPT);
      assertThat(bytesOf("wwep.db")).isGreaterThan(10L * Checkpointer.DUE_PAGES * PAGE_BYTES);
    }
  }

  @Test
  void shouldGoOnWhenAReaderHasHeldItUp() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      commit(store, 1);
      String url = "jdbc:sqlite:" + directory.resolve("wwep.db");
      try (Connection reader = DriverManager.getConnection(url);
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM history_chunks");
        assertThat(rows.getInt(1)).isPositive();
        commit(store, 2 * Checkpointer.DUE_PAGES);
        assertThat(bytesOf("wwep.db-wal")).isGreaterThan(LOG_BYTES_MAX);
        statement.execute("ROLLBACK");
      }
      // Room that was taken is used again; only a start over gives it back.
      commit(store, 2 * Checkpointer.DUE_PAGES);
      assertThat(bytesOf("wwep.db-wal")).isLessThanOrEqualTo(LOG_BYTES_KEPT);
    }
  }
}
