package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import java.nio.file.Path;
import java.sql.SQLException;

/** Connections whose next commit fails once, as a test orders. */
final class CommitFaults {

  /** The next commit is in the file, and reported as failed. */
  boolean afterCommit;

  /** The next commit is not in the file. */
  boolean beforeCommit;

  Database connect(Path file) throws SQLException {
    return new Database(file, Fsync.NEVER) {
      @Override
      void commit() throws SQLException {
        if (beforeCommit) {
          beforeCommit = false;
          throw new SQLException("refused by the test");
        }
        super.commit();
        if (afterCommit) {
          afterCommit = false;
          throw new SQLException("unknown outcome made by the test");
        }
      }
    };
  }

  void clear() {
    afterCommit = false;
    beforeCommit = false;
  }
}
