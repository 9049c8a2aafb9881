package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code meta}: a few numbers about the others, each with its checksum. */
final class MetaTable {

  /** Number of the last write that register_base has. */
  static final String FOLDED_THROUGH = "folded_through";

  /** Number of the last write that history_runs has; without this row there is no index yet. */
  static final String INDEXED_THROUGH = "indexed_through";

  /** Number of the last write that was removed from the history. */
  static final String PRUNED_THROUGH = "pruned_through";

  /** How often a failed commit had to be looked up. */
  static final String REPAIRS = "repairs";

  /** The checksums of all rows of register_base, added up: none may be missing. */
  static final String BASE_SUM = "base_sum";

  /** How many rows peers has. */
  static final String PEERS = "peers";

  /** A number by which this database is told from others. */
  static final String DATABASE = "database";

  private final PreparedStatement find;
  private final PreparedStatement put;

  MetaTable(Connection connection) throws SQLException {
    find = connection.prepareStatement("SELECT value, crc FROM meta WHERE key = ?");
    put =
        connection.prepareStatement("INSERT OR REPLACE INTO meta(key, value, crc) VALUES(?, ?, ?)");
  }

  /**
   * Returns a number.
   *
   * @throws SQLException also when it is not there, or not what was put
   */
  long get(String key) throws SQLException {
    find.setString(1, key);
    try (ResultSet row = find.executeQuery()) {
      if (row.next()) {
        long value = row.getLong(1);
        if (row.getInt(2) != crc(key, value)) {
          throw Damage.of("%s in meta is not what was written".formatted(key));
        }
        return value;
      }
    }
    if (key.equals(INDEXED_THROUGH)) {
      return 0;
    }
    throw Damage.of("meta has no %s".formatted(key));
  }

  void put(String key, long value) throws SQLException {
    put.setString(1, key);
    put.setLong(2, value);
    put.setInt(3, crc(key, value));
    put.executeUpdate();
  }

  private static int crc(String key, long value) {
    return Checksum.of(value, 0, key);
  }
}
