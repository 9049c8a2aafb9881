package io.wwep.cli;

import picocli.CommandLine.Option;

/** In which format a file of rows is, or is to be. */
final class FormatOption {

  /** Null where the file's name is to say it. */
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Words.OfRowFormat.class,
      completionCandidates = Words.OfRowFormat.class,
      description = "csv or jsonl (by FILE's name, .csv, .jsonl or .ndjson).")
  RowFormat given;
}
