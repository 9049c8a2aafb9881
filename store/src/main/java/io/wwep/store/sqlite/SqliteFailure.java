package io.wwep.store.sqlite;

import io.wwep.store.DamagedDataException;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite means to a person: the cause and the cure in one sentence. */
final class SqliteFailure {

  private static final int PRIMARY_CODE = 0xFF;

  /** What to do about a damaged file. */
  static final String DAMAGE_REMEDY =
      "see all of it with 'wwep check', restore a backup with 'wwep restore', or save what is readable with 'wwep export --salvage'";

  /** What to say of a file that has no head of ours. */
  static final String NOT_OURS =
      "is not a wwep database: move it away or choose another --data directory; if it was one, restore a backup with 'wwep restore', or save what is readable with 'wwep export --salvage'";

  private SqliteFailure() {}

  /** Whether another process held the lock; then nothing was changed. */
  static boolean isBusy(Throwable failure) {
    return codeOf(failure) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  /** Whether there is no permission to write what SQLite needs beside the file, or in it. */
  static boolean isReadOnly(Throwable failure) {
    int code = codeOf(failure);
    return code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
  }

  /**
   * Whether a read, a write or a sync of the disk failed, or what it gave back was no database:
   * what is in the file cannot be told from what was written to it.
   */
  static boolean isOfTheDisk(Throwable failure) {
    int code = codeOf(failure);
    return code == SQLiteErrorCode.SQLITE_IOERR.code
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  private static boolean isOfSync(Throwable failure) {
    return failure instanceof SQLiteException e
        && (e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC
            || e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC);
  }

  /** Whether the file holds what cannot be. */
  static boolean isDamage(Throwable failure) {
    return failure instanceof DamagedDataException
        || codeOf(failure) == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  /** Returns what to throw for a failure on this file, with its {@link #sentence}. */
  static StoreException exception(Throwable failure, Path file) {
    String sentence = sentence(failure, file);
    return isDamage(failure)
        ? new DamagedDataException(sentence, failure)
        : new StoreException(sentence, failure);
  }

  /** Returns the sentence for a failure on this file. */
  static String sentence(Throwable failure, Path file) {
    if (failure instanceof StoreException) {
      return failure.getMessage();
    }
    if (isOfSync(failure)) {
      return "%s may not be on disk (a sync failed%s): check the disk and its free space; writes are taken again once the file was opened anew and checked"
          .formatted(file, failure.getCause() == null ? "" : ": " + reason(failure.getCause()));
    }
    String remedy = remedy(SQLiteErrorCode.getErrorCode(codeOf(failure)));
    return remedy == null
        ? "%s cannot be used (%s): check the disk and the file's permissions"
            .formatted(file, reason(failure))
        : file + " " + remedy.formatted(reason(failure));
  }

  private static String remedy(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is locked by another program: end its transaction or close it";
      case SQLITE_FULL -> "cannot grow because the disk is full: free some space";
      case SQLITE_IOERR -> "had an I/O error: check the disk (the system log says more)";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          "cannot be written: give this user write permission for it and its directory";
      case SQLITE_CANTOPEN ->
          "cannot be opened: give this user read and write permission for it and its directory";
      case SQLITE_NOTADB -> NOT_OURS;
      case SQLITE_CORRUPT -> "is damaged (%s): " + DAMAGE_REMEDY;
      default -> null;
    };
  }

  /** Says why, in the words of whoever knows. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getMessage() == null && root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static int codeOf(Throwable failure) {
    if (failure instanceof SQLiteException e) {
      return e.getResultCode().code & PRIMARY_CODE;
    }
    return failure instanceof SQLException e ? e.getErrorCode() & PRIMARY_CODE : -1;
  }
}
