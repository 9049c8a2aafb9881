package io.wwep.cli;

import picocli.CommandLine.Option;

/** Which computer the server is on. */
final class HostOption {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of the server (localhost).")
  String name = "localhost";
}
