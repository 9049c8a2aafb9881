package io.wwep.store.sqlite;

import io.wwep.store.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Who is behind the numbers of peers in the history; each is looked up once. One thread. */
final class Origins {

  private final PreparedStatement find;
  private final Map<Integer, Origin> known = new HashMap<>();

  Origins(Connection connection) throws SQLException {
    find = connection.prepareStatement("SELECT address, secure, crc FROM peers WHERE id = ?");
  }

  /** Forgets all, since peers may change between two looks into a file. */
  void clear() {
    known.clear();
  }

  /**
   * Returns a peer.
   *
   * @throws SQLException also when it is not what was written
   */
  Origin get(int id) throws SQLException {
    Origin origin = known.get(id);
    if (origin == null) {
      origin = find(id);
      known.put(id, origin);
    }
    return origin;
  }

  private Origin find(int id) throws SQLException {
    find.setInt(1, id);
    try (ResultSet found = find.executeQuery()) {
      if (found.next()) {
        Origin origin = new Origin(found.getString(1), found.getInt(2) == 1);
        if (found.getInt(3) == PeerIds.crc(id, origin)) {
          return origin;
        }
      }
      throw Damage.of("peer %d is not what was written".formatted(id));
    }
  }
}
