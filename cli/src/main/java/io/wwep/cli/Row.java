package io.wwep.cli;

import io.wwep.store.Origin;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.RegisterEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A row as it was read. */
final class Row {

  private static final Pattern ADDRESS = Pattern.compile("[!-~]{1,64}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,18}");

  private static final Map<String, String> EXAMPLES =
      Map.of("device", "0FAC", "register", "0B", "value", "1234");

  private final long line;
  private final RowKind kind;
  private final String[] fields;

  /**
   * @param line where it begins, from 1
   * @param kind what its columns are
   * @param fields in the order of {@link RowKind#readable}; null where the file has no such column
   */
  Row(long line, RowKind kind, String... fields) {
    this.line = line;
    this.kind = kind;
    this.fields = fields;
  }

  long line() {
    return line;
  }

  /**
   * Returns the register that it describes.
   *
   * @throws CliException when it describes none
   */
  RegisterEntry register() {
    int value = hex("value", 4);
    String decimal = field("decimal");
    if (decimal != null && !decimal.equals(Integer.toString(value))) {
      throw wrong(
          "decimal is %s and value is %04X: make them the same, or leave decimal out"
              .formatted(decimal, value));
    }
    return new RegisterEntry(address(), value, field("time") == null ? 0 : time());
  }

  /**
   * Returns the write that it describes.
   *
   * @throws CliException when it describes none
   */
  HistoryEntry write() {
    return new HistoryEntry(number(), time(), address(), hex("value", 4), origin());
  }

  private int address() {
    return hex("device", 4) << 8 | hex("register", 2);
  }

  private int hex(String column, int digits) {
    String text = field(column);
    try {
      if (text.length() == digits) {
        return HexFormat.fromHexDigits(text);
      }
    } catch (IllegalArgumentException e) {
      // As with another length.
    }
    String zeros =
        text.length() < digits && text.matches("\\d+")
            ? " (a spreadsheet takes zeros away unless the column is text)"
            : "";
    throw wrong(
        "%s takes %d hex digits, as in %s, not '%s'%s"
            .formatted(column, digits, EXAMPLES.get(column), text, zeros));
  }

  private long number() {
    String text = field(RowKind.SEQ);
    if (!DECIMAL.matcher(text).matches() || Long.parseLong(text) == 0) {
      throw wrong("seq takes a number from 1, not '%s'".formatted(text));
    }
    return Long.parseLong(text);
  }

  private long time() {
    String text = field("time");
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(
          "time takes one in UTC, as in 2026-11-24T14:40:42.590Z, not '%s'".formatted(text));
    }
  }

  private Origin origin() {
    String address = field("peer");
    if (!ADDRESS.matcher(address).matches()) {
      throw wrong("peer takes an address, as in 192.0.2.7, not '%s'".formatted(address));
    }
    String port = field("port");
    if (!port.equals("plain") && !port.equals("tls")) {
      throw wrong("port takes plain or tls, not '%s'".formatted(port));
    }
    return new Origin(address, port.equals("tls"));
  }

  private String field(String column) {
    List<String> columns = kind.readable();
    return fields[columns.indexOf(column)];
  }

  private CliException wrong(String what) {
    return RowReader.wrong(line, what);
  }
}
