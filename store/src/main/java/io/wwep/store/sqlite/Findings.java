package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a check finds wrong: each thing once, and not more than a person would read. */
final class Findings {

  private static final int SHOWN_MAX = 20;

  private final Set<String> all = new LinkedHashSet<>();
  private int more;

  /** One part of a check. */
  interface Part {
    void run() throws SQLException;
  }

  /** Notes a sentence without an end. */
  void add(String what) {
    if (all.size() < SHOWN_MAX) {
      all.add(what);
    } else if (!all.contains(what)) {
      more++;
    }
  }

  /** Runs a part; when it finds a row that cannot be, the others go on all the same. */
  void during(Part part) throws SQLException {
    try {
      part.run();
    } catch (SQLException e) {
      if (!SqliteFailure.isDamage(e)) {
        throw e;
      }
      add(SqliteFailure.reason(e));
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<String> list() {
    Set<String> shown = new LinkedHashSet<>(all);
    if (more > 0) {
      shown.add("and %d more".formatted(more));
    }
    return List.copyOf(shown);
  }
}
