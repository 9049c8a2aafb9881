package io.wwep.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  private static final int COPY_BYTES = 64 * 1024;

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
      open().force(false);
    } catch (IOException e) {
      throw failed("sync of the log failed", SQLiteErrorCode.SQLITE_IOERR_FSYNC, e);
    }
  }

  /**
   * Writes all that the log has once more, and syncs it. After a sync that failed, the system takes
   * for written what it could not write, until somebody writes it again. Nobody else may be writing
   * to the log.
   *
   * @throws SQLException when it may not be on disk
   */
  void writeAnew() throws SQLException {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(COPY_BYTES);
      long at = 0;
      while (open().read(bytes.clear(), at) > 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          at += open().write(bytes, at);
        }
      }
    } catch (IOException e) {
      throw failed("writing the log anew failed", SQLiteErrorCode.SQLITE_IOERR_WRITE, e);
    }
    force();
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(of(database), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  private static SQLException failed(String what, SQLiteErrorCode code, IOException cause) {
    SQLException failure = new SQLiteException(what, code);
    failure.initCause(cause);
    return failure;
  }

  /** Returns where the log of a database is that exists: beside what a link leads to. */
  static Path of(Path database) throws IOException {
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
