package io.wwep.cli;

import io.wwep.store.sqlite.HistoryEntry;
import java.util.ArrayList;
import java.util.List;

/** Writes of the history as {@code wwep history} prints them: the columns of the view, in UTC. */
final class HistoryLines {

  private HistoryLines() {}

  /** Returns a line of headings and one for each write, in columns. */
  static List<String> text(List<HistoryEntry> entries) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"seq", "time", "device", "register", "value", "peer", "port"});
    entries.forEach(entry -> rows.add(row(entry)));
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String[] row(HistoryEntry entry) {
    return new String[] {
      Long.toString(entry.number()),
      time(entry),
      device(entry),
      register(entry),
      RegisterJson.value(entry.value()),
      entry.origin().address(),
      port(entry)
    };
  }

  /** Returns an object for each write, with the same names. */
  static List<Json> json(List<HistoryEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new Json()
                    .put("seq", entry.number())
                    .put("time", time(entry))
                    .put("device", device(entry))
                    .put("register", register(entry))
                    .put("value", RegisterJson.value(entry.value()))
                    .put("number", entry.value())
                    .put("peer", entry.origin().address())
                    .put("port", port(entry)))
        .toList();
  }

  private static String time(HistoryEntry entry) {
    return RowKind.time(entry.timeMillis());
  }

  private static String device(HistoryEntry entry) {
    return "%04X".formatted(entry.address() >> 8);
  }

  private static String register(HistoryEntry entry) {
    return "%02X".formatted(entry.address() & 0xFF);
  }

  private static String port(HistoryEntry entry) {
    return entry.origin().secure() ? "tls" : "plain";
  }
}
