package io.wwep.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite's write-ahead log, as a file to be brought to the disk. SQLite can do that by itself at
 * the end of each commit, but waits for the file's times too where the data are enough (fsync in
 * place of fdatasync).
 *
 * <p>SQLite holds no locks on this file, so closing it releases none. Commit thread only.
 */
final class LogFile implements AutoCloseable {

  private final Path database;

  /** Null until it is needed: SQLite makes the file with the first commit. */
  private FileChannel channel;

  LogFile(Path database) {
    this.database = database;
  }

  /**
   * Waits until what was written to the log is on disk; on macOS it is asked to go through the
   * drive's cache.
   *
   * @throws SQLException when it may not be
   */
  void force() throws SQLException {
    try {
      if (channel == null) {
        channel = FileChannel.open(path(), StandardOpenOption.WRITE);
      }
      channel.force(false);
    } catch (IOException e) {
      SQLException failure =
          new SQLiteException("sync of the log failed", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
      failure.initCause(e);
      throw failure;
    }
  }

  /** SQLite keeps the log beside what a link leads to. */
  private Path path() throws IOException {
    return Path.of(database.toRealPath() + "-wal");
  }

  @Override
  public void close() throws SQLException {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing is written through it.
    }
  }
}
