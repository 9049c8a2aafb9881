package io.wwep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads rows from a file, in UTF-8, and says which line is wrong and why. */
abstract class RowReader {

  private RowKind kind;

  /**
   * Starts to read.
   *
   * @param asked what the rows must be; null when the first line tells
   * @throws CliException when the first line is wrong
   */
  static RowReader of(InputStream stream, RowFormat format, RowKind asked) {
    Reader reader =
        new LineGuard(
            new InputStreamReader(stream, StandardCharsets.UTF_8),
            format == RowFormat.CSV ? "CSV" : "lines of JSON");
    RowReader rows = format == RowFormat.CSV ? new CsvRows(reader) : new JsonRows(reader);
    rows.kind = asked;
    rows.start();
    return rows;
  }

  /** Returns what the rows are. */
  final RowKind kind() {
    return kind;
  }

  /** Reads what comes before the first row, and has the kind be known. */
  abstract void start();

  /**
   * Returns the next row; null behind the last one.
   *
   * @throws CliException when the line is wrong
   */
  abstract Row next();

  /** Makes the kind known by the names of a row's columns, and holds the names against it. */
  final void settle(long line, List<String> names) {
    if (kind == null) {
      kind = names.contains(RowKind.SEQ) ? RowKind.HISTORY : RowKind.REGISTERS;
    }
    for (String name : names) {
      if (!kind.readable().contains(name)) {
        throw wrong(
            line,
            "%s have no column '%s': name the columns %s"
                .formatted(Words.word(kind), name, String.join(",", kind.columns())));
      }
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw wrong(line, "there are two columns '%s': leave one out".formatted(name));
      }
    }
    for (String name : kind.required()) {
      if (!names.contains(name)) {
        throw wrong(
            line,
            "there is no %s: %s have the columns %s"
                .formatted(name, Words.word(kind), String.join(",", kind.columns())));
      }
    }
  }

  /** A read that failed, or met a line that cannot be taken. */
  static CliException failed(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof LineGuard.BadLine bad) {
        return wrong(bad.line(), bad.getMessage());
      }
    }
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    return new CliException(
        "the rows cannot be read (%s): look after the file or its disk"
            .formatted(cause instanceof IOException ? cause.getMessage() : failure.getMessage()),
        failure);
  }

  /** Returns what is wrong with a line; the sentence ends with what would be right. */
  static CliException wrong(long line, String what) {
    return new CliException("line %d: %s; nothing was imported".formatted(line, what));
  }
}
