package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Reads a database, whose server may run, and leaves no trace: SQLite would make a log, empty, for
 * one that has none, and a file of memory that is shared.
 */
final class ReadOnly {

  private ReadOnly() {}

  /** What is done with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does something with a connection that cannot write.
   *
   * @throws StoreException when there is no such file of this version, or it cannot be read
   */
  static <T> T with(Path file, Work<T> work) {
    requireFile(file);
    NativeLibrary.load();
    try {
      Path log = LogFile.of(file);
      if (!Files.exists(log)) {
        Optional<T> result = unchanged(file, log, work);
        if (result.isPresent()) {
          return result.get();
        }
      }
      return once(Connections.toRead(file), file, work);
    } catch (SQLException | IOException e) {
      throw SqliteFailure.exception(e, file);
    }
  }

  /**
   * As {@link #with}, for work that cannot be done a second time.
   *
   * @throws StoreException also when a server was started meanwhile
   */
  static <T> T onceWith(Path file, Work<T> work) {
    boolean[] begun = new boolean[1];
    return with(
        file,
        connection -> {
          if (begun[0]) {
            throw new StoreException(
                "a server was started on %s meanwhile, and what was read of it may be of several moments: run this again"
                    .formatted(file));
          }
          begun[0] = true;
          return work.with(connection);
        });
  }

  /** Nobody writes without a log; when there is one in the end, a server was started meanwhile. */
  private static <T> Optional<T> unchanged(Path file, Path log, Work<T> work) throws SQLException {
    try {
      T result = once(Connections.toReadUnchanged(file), file, work);
      return Files.exists(log) ? Optional.empty() : Optional.of(result);
    } catch (SQLException e) {
      if (Files.exists(log)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T once(Connection opened, Path file, Work<T> work) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement()) {
      Schema.requireCurrent(statement, file);
      return work.with(connection);
    }
  }

  /**
   * Makes sure that there is a file.
   *
   * @throws StoreException when there is none, or nobody may look
   */
  static void requireFile(Path file) {
    if (Files.isRegularFile(file)) {
      return;
    }
    DataDirectory.requireNoFile(DataFiles.directoryOf(file));
    // Where a directory bars the way it is not known to be missing either.
    if (!Files.exists(file) && !Files.notExists(file)) {
      throw new StoreException(
          "%s cannot be looked at: this user may not enter its directory; run this as the user who runs the server, or allow it"
              .formatted(file));
    }
    throw new StoreException(
        "there is no database %s: give the --data directory of a server that keeps its registers in SQLite, and start that server once"
            .formatted(file));
  }
}
