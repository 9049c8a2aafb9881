package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Fsync;
import io.wwep.store.Origin;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerIdsTest {

  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void makeTables() throws SQLException {
    file = directory.resolve("wwep.db");
    DataFiles.makeFile(file);
    new Database(file, Fsync.NEVER).close();
  }

  private static Origin peer(int number) {
    return new Origin("192.0.2." + number, false);
  }

  @Test
  void shouldGiveEachOriginOneNumberAlsoWhenItIsNoLongerRemembered() throws SQLException {
    try (Connection connection = Sql.connect(file)) {
      PeerIds ids = new PeerIds(connection, new MetaTable(connection), 3, 1000);
      for (int round = 0; round < 3; round++) {
        for (int number = 1; number <= 10; number++) {
          assertThat(ids.idOf(peer(number))).isEqualTo(number);
        }
      }
      assertThat(ids.idOf(new Origin("192.0.2.1", true))).isEqualTo(11);
      assertThat(new PeerIds(connection, new MetaTable(connection)).idOf(peer(7))).isEqualTo(7);
    }
    assertThat(Sql.number(file, "SELECT count(*) FROM peers")).isEqualTo(11);
  }

  @Test
  void shouldLetOriginsBeyondTheLimitShareARow() throws SQLException {
    try (Connection connection = Sql.connect(file)) {
      PeerIds ids = new PeerIds(connection, new MetaTable(connection), 3, 2);
      assertThat(ids.idOf(peer(1))).isEqualTo(1);
      assertThat(ids.idOf(peer(2))).isEqualTo(2);
      assertThat(ids.idOf(peer(3))).isEqualTo(3);
      assertThat(ids.idOf(peer(4))).isEqualTo(3);
      assertThat(ids.idOf(new Origin("192.0.2.9", true))).isEqualTo(4);
      assertThat(ids.idOf(peer(1))).isEqualTo(1);
    }
    assertThat(Sql.rows(file, "SELECT address, secure FROM peers WHERE id > 2"))
        .containsExactly("(others)|0", "(others)|1");
  }

  @Test
  void shouldLookAgainAfterATransactionWasUndone() throws SQLException {
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      PeerIds ids = new PeerIds(connection, new MetaTable(connection));
      statement.execute("BEGIN");
      assertThat(ids.idOf(peer(1))).isEqualTo(1);
      statement.execute("ROLLBACK");
      ids.forget();
      assertThat(ids.idOf(peer(2))).isEqualTo(1);
      assertThat(ids.idOf(peer(1))).isEqualTo(2);
    }
  }
}
