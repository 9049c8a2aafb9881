package io.wwep.cli;

import java.nio.file.Path;
import java.util.Locale;

/** How rows are written to a file. */
enum RowFormat {
  /** Comma-separated values (RFC 4180), with a line of headings. */
  CSV,
  /** One JSON object in each line. */
  JSONL;

  /**
   * Returns the format that is asked for, or else that of the file's name.
   *
   * @param asked null when the name decides
   * @param file null for standard output or input
   * @throws CliException when neither says
   */
  static RowFormat of(RowFormat asked, Path file) {
    if (asked != null) {
      return asked;
    }
    String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return JSONL;
    }
    throw new CliException(
        file == null
            ? "there is no file's name to tell the format: add --format csv or --format jsonl"
            : "the name %s does not tell the format: add --format csv or --format jsonl, or end it with .csv or .jsonl"
                .formatted(file));
  }
}
