package io.wwep.cli;

import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.RegisterEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What the rows of a file are, with the columns of the database's view of that name. */
enum RowKind {
  REGISTERS,
  HISTORY;

  /** The only column of numbers that is written: JSON has it as one. */
  static final String SEQ = "seq";

  /** A column of the view of registers that says the same as the value. */
  static final String DECIMAL = "decimal";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final List<String> OF_REGISTERS = List.of("device", "register", "value", "time");

  private static final List<String> OF_HISTORY =
      List.of(SEQ, "time", "device", "register", "value", "peer", "port");

  private static final List<String> READABLE_OF_REGISTERS =
      List.of("device", "register", "value", "time", DECIMAL);

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Returns the names of the columns that may be read. */
  List<String> readable() {
    return this == REGISTERS ? READABLE_OF_REGISTERS : OF_HISTORY;
  }

  /** Returns the names of those that must be there. */
  List<String> required() {
    return this == REGISTERS ? OF_REGISTERS.subList(0, 3) : OF_HISTORY;
  }

  /** Returns the names of the columns, in their order. */
  List<String> columns() {
    return this == REGISTERS ? OF_REGISTERS : OF_HISTORY;
  }

  /** Returns how many rows there are, in words. */
  String counted(long count) {
    String one = this == REGISTERS ? "register" : "write";
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }

  static String[] fields(RegisterEntry entry) {
    return new String[] {
      device(entry.address()),
      register(entry.address()),
      HEX.toHexDigits((short) entry.value()),
      time(entry.timeMillis())
    };
  }

  static String[] fields(HistoryEntry entry) {
    return new String[] {
      Long.toString(entry.number()),
      time(entry.timeMillis()),
      device(entry.address()),
      register(entry.address()),
      HEX.toHexDigits((short) entry.value()),
      entry.origin().address(),
      entry.origin().secure() ? "tls" : "plain"
    };
  }

  private static String device(int address) {
    return HEX.toHexDigits((short) (address >> 8));
  }

  private static String register(int address) {
    return HEX.toHexDigits((byte) address);
  }

  /** Returns a time in UTC, ISO 8601 with milliseconds. */
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }
}
