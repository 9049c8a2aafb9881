package io.wwep.store.sqlite;

import io.wwep.store.DamagedDataException;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Copies a database as of one moment, its server running or not. All pages are copied in one step
 * of SQLite's online backup: in several it would begin anew after each commit, and VACUUM INTO
 * takes many times as long, during which the server's log cannot start over.
 */
public final class Backup {

  private static final int ALL_PAGES = -1;
  private static final int RETRY_MILLIS = 100;
  private static final int RETRIES = 100;

  private static final String REMEDY =
      "see all of it with 'wwep check', or save what is readable with 'wwep export --salvage'";

  private Backup() {}

  /**
   * Copies {@code wwep.db} of a data directory, and checks the copy before it gets its name.
   *
   * @param replace whether a file of that name may be replaced
   * @return what the copy has
   * @throws StoreException when it cannot be made, or is damaged, as what it was made of
   */
  public static CheckReport makeOf(Path dataDirectory, Path target, boolean replace) {
    NewFile.requireNone(target, replace);
    Path log = target.resolveSibling(target.getFileName() + "-wal");
    if (Files.exists(log)) {
      throw new StoreException(
          "%s is there, the log of another database, which SQLite would take for the copy's: choose another name"
              .formatted(log));
    }
    Path part = NewFile.partOf(target);
    CheckReport report = copy(dataDirectory.resolve(SqliteStore.DATABASE), part, REMEDY);
    move(part, target);
    return report;
  }

  /**
   * Makes a checked copy that is on the disk; what has its name is replaced.
   *
   * @param remedy what to do where the source is damaged
   */
  static CheckReport copy(Path source, Path copy, String remedy) {
    try {
      Files.deleteIfExists(copy);
      DataFiles.makeFile(copy);
      copyAll(source, copy, remedy);
      CheckReport report = DatabaseCheck.run(copy);
      if (!report.isSound()) {
        throw damaged(source, report.damages().get(0), remedy, null);
      }
      DataFiles.sync(copy);
      return report;
    } catch (IOException | SQLException e) {
      discard(copy, e);
      throw SqliteFailure.exception(e, copy);
    } catch (RuntimeException | Error e) {
      discard(copy, e);
      throw e;
    }
  }

  /** What is cut or torn may show as soon as SQLite opens it, or its copy. */
  private static void copyAll(Path source, Path copy, String remedy) throws SQLException {
    try {
      ReadOnly.with(source, connection -> copyPages(connection, copy));
      makeIndependent(copy);
    } catch (SQLException | DamagedDataException e) {
      if (!SqliteFailure.isDamage(e)) {
        throw e;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw damaged(source, SqliteFailure.reason(cause), remedy, e);
    }
  }

  private static DamagedDataException damaged(
      Path source, String how, String remedy, Throwable cause) {
    return new DamagedDataException(
        "%s is damaged (%s), and so would be its copy: %s".formatted(source, how, remedy), cause);
  }

  private static boolean copyPages(Connection connection, Path copy) throws SQLException {
    String name = copy.toAbsolutePath().toString();
    int code =
        ((SQLiteConnection) connection)
            .getDatabase()
            .backup("main", name, null, RETRY_MILLIS, RETRIES, ALL_PAGES);
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      // Not the file that is read, for which the caller would take it.
      throw new StoreException(
          "%s cannot be written because its disk is full: make room there, or choose another place"
              .formatted(copy));
    }
    if (code != SQLiteErrorCode.SQLITE_OK.code) {
      throw new SQLiteException("the copy failed", SQLiteErrorCode.getErrorCode(code));
    }
    return true;
  }

  /**
   * One file without a log, and with a number of its own: it goes on by itself, and must not be
   * held against the mark of the database it was made of.
   */
  private static void makeIndependent(Path copy) throws SQLException {
    try (Connection connection = Connections.toWrite(copy);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("PRAGMA journal_mode = DELETE").close();
      new MetaTable(connection).put(MetaTable.DATABASE, new SecureRandom().nextLong());
    }
  }

  private static void discard(Path copy, Throwable reason) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Gives a file another name, in one step that a crash does not undo. */
  static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StoreException(
          "cannot rename %s to %s (%s): give this user write permission for the directory"
              .formatted(from, to, DataFiles.reason(e)),
          e);
    }
    DataFiles.syncNamesIn(DataFiles.directoryOf(to));
  }
}
