package io.wwep.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory of commands that work on a server's file, or ask a server on this machine. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "The data directory of a server on this machine (./wwep-data).")
  Path directory = Path.of("wwep-data");
}
