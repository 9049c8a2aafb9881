package io.wwep.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A board's connection in slow motion. */
@Command(sortOptions = false)
final class StepsOptions {

  private static final Duration READABLE = Duration.ofMillis(700);

  @Option(
      names = "--steps",
      description =
          "Slow motion: each step of the socket, what passes the wire, the packet buffers.")
  boolean steps;

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      converter = Durations.OfPause.class,
      description = "With --steps: how long to rest between two (700ms; 0 without a terminal).")
  Duration pause;

  @Option(
      names = "--once",
      paramLabel = "KEY",
      description = "With --steps: press this key, 0, 1, x or r, and end.")
  String once;

  /**
   * Whether slow motion is asked for.
   *
   * @throws CliException when an option of it was given without
   */
  boolean isGiven() {
    if (!steps && (pause != null || once != null)) {
      throw new CliException(
          "%s goes with --steps: add it, or leave it out"
              .formatted(pause != null ? "--pause" : "--once"));
    }
    if (once != null && !once.matches("[01xr]")) {
      throw new CliException(
          "--once takes one of the board's keys, 0, 1, x or r, not '%s'".formatted(once));
    }
    return steps;
  }

  Duration pause(boolean terminal) {
    return pause != null ? pause : terminal ? READABLE : Duration.ZERO;
  }
}
