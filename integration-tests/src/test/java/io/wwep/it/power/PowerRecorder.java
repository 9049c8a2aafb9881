package io.wwep.it.power;

import io.wwep.it.CSource;
import io.wwep.it.WwepProcess.Surroundings;
import java.nio.file.Path;

/** The library that records what a process does to its files; built where it is used. */
final class PowerRecorder {

  private final Path library;

  private PowerRecorder(Path library) {
    this.library = library;
  }

  /** Builds the library in a directory; skips the test where there is no Linux or no compiler. */
  static PowerRecorder build(Path directory) throws Exception {
    return new PowerRecorder(CSource.library("power_trace.c", directory));
  }

  /**
   * Returns surroundings in which a process appends what it does below {@code root} to a trace.
   *
   * @param root exists
   */
  Surroundings recording(Path root, Path trace) throws Exception {
    return Surroundings.NONE
        .with("LD_PRELOAD", library.toString())
        .with("POWER_ROOT", root.toRealPath().toString())
        .with("POWER_TRACE", trace.toString());
  }
}
