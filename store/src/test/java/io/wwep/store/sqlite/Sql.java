package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Another program that looks into the database. */
final class Sql {

  private Sql() {}

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
  }

  /** How far the index of the history is. */
  static long indexedThrough(Path file) throws SQLException {
    return number(file, "SELECT ifnull(max(value), 0) FROM meta WHERE key = 'indexed_through'");
  }

  static long number(Path file, String sql) throws SQLException {
    return Long.parseLong(rows(file, sql).get(0));
  }

  /** Returns each row with its columns joined by a bar. */
  static List<String> rows(Path file, String sql) throws SQLException {
    try (Connection connection = connect(file)) {
      return rows(connection, sql);
    }
  }

  static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  /** Makes the checksums fit chunks of the history that a test has changed. */
  static void renewChecksums(Path file) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet chunk = statement.executeQuery("SELECT id, time_ms, writes FROM history_chunks");
        PreparedStatement update =
            connection.prepareStatement("UPDATE history_chunks SET crc = ? WHERE id = ?")) {
      connection.setAutoCommit(false);
      while (chunk.next()) {
        update.setInt(1, Checksum.of(chunk.getLong(1), chunk.getLong(2), chunk.getBytes(3)));
        update.setLong(2, chunk.getLong(1));
        update.executeUpdate();
      }
      connection.commit();
    }
  }

  static void run(Path file, String... statements) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
