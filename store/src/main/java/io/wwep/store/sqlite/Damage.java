package io.wwep.store.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Data that cannot be what was written, as a failure of the same kind as those SQLite finds. */
final class Damage {

  private Damage() {}

  /**
   * Returns the failure.
   *
   * @param what is wrong, in words that go into parentheses
   */
  static SQLException of(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }
}
