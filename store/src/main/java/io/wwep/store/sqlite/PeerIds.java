package io.wwep.store.sqlite;

import io.wwep.store.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The table {@code peers}: gives each origin a number, so that a row of the history holds three
 * bytes and not an address.
 */
final class PeerIds {

  /** Origins remembered in memory; looking one up in the table costs microseconds. */
  private static final int REMEMBERED_MAX = 100_000;

  /** Origins told apart; the others share one row, so that no scan can fill the disk with peers. */
  private static final int ROWS_MAX = 1_000_000;

  private static final String OTHERS = "(others)";

  private static final int UNKNOWN = -1;

  private final int rememberedMax;
  private final int rowsMax;
  private final Connection connection;
  private final MetaTable meta;
  private final PreparedStatement find;
  private final PreparedStatement add;
  private final Map<Origin, Integer> remembered = new HashMap<>();
  private int lastId = UNKNOWN;

  PeerIds(Connection connection, MetaTable meta) throws SQLException {
    this(connection, meta, REMEMBERED_MAX, ROWS_MAX);
  }

  /** With other limits, for tests. */
  PeerIds(Connection connection, MetaTable meta, int rememberedMax, int rowsMax)
      throws SQLException {
    this.rememberedMax = rememberedMax;
    this.rowsMax = rowsMax;
    this.connection = connection;
    this.meta = meta;
    find =
        connection.prepareStatement("SELECT id, crc FROM peers WHERE address = ? AND secure = ?");
    add =
        connection.prepareStatement(
            "INSERT INTO peers(id, address, secure, hex, crc)"
                + " VALUES(?1, ?2, ?3, printf('%06X', ?1), ?4)");
  }

  /** Whether {@link #idOf} knows this origin without a look into the table, let alone a change. */
  boolean knows(Origin origin) {
    return remembered.containsKey(origin);
  }

  /** Returns the number of an origin, within a transaction, which may have to add it. */
  int idOf(Origin origin) throws SQLException {
    Integer known = remembered.get(origin);
    if (known != null) {
      return known;
    }
    int id = find(origin);
    if (id == 0) {
      id = lastId() < rowsMax ? add(origin) : others(origin.secure());
    }
    if (remembered.size() >= rememberedMax) {
      remembered.clear();
    }
    remembered.put(origin, id);
    return id;
  }

  /**
   * Makes sure that no origin is missing at the end.
   *
   * @throws SQLException when one is
   */
  void requireAll() throws SQLException {
    long last = Connections.number(connection, "SELECT max(id) FROM peers");
    if (last != meta.get(MetaTable.PEERS)) {
      throw Damage.of("peers lacks some of those that were written");
    }
  }

  private int others(boolean secure) throws SQLException {
    Origin others = new Origin(OTHERS, secure);
    int id = find(others);
    return id == 0 ? add(others) : id;
  }

  private int find(Origin origin) throws SQLException {
    find.setString(1, origin.address());
    find.setBoolean(2, origin.secure());
    try (ResultSet result = find.executeQuery()) {
      if (!result.next()) {
        return 0;
      }
      int id = result.getInt(1);
      if (result.getInt(2) != crc(id, origin)) {
        throw Damage.of("peer %d is not what was written".formatted(id));
      }
      return id;
    }
  }

  /** Returns the checksum of a row. */
  static int crc(int id, Origin origin) {
    return Checksum.of(id, origin.secure() ? 1 : 0, origin.address());
  }

  private int add(Origin origin) throws SQLException {
    int id = lastId() + 1;
    add(id, origin);
    return id;
  }

  /** Adds an origin under the next number. */
  void add(int id, Origin origin) throws SQLException {
    add.setInt(1, id);
    add.setString(2, origin.address());
    add.setBoolean(3, origin.secure());
    add.setInt(4, crc(id, origin));
    add.executeUpdate();
    meta.put(MetaTable.PEERS, id);
    lastId = id;
  }

  private int lastId() throws SQLException {
    if (lastId == UNKNOWN) {
      lastId = (int) meta.get(MetaTable.PEERS);
    }
    return lastId;
  }

  /** Forgets what is remembered: a transaction was undone, and with it what it added. */
  void forget() {
    remembered.clear();
    lastId = UNKNOWN;
  }
}
