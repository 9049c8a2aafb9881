package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Tool;
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
    assumeTrue(System.getProperty("os.name").equals("Linux"), "the trace is made on Linux only");
    Path library = directory.resolve("power_trace.so");
    Path source = Path.of("src", "test", "c", "power_trace.c");
    Tool.Result compiled =
        Tool.of(
                "cc",
                "-std=gnu99",
                "-O2",
                "-Wall",
                "-Wextra",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl",
                "-lpthread")
            .run("");
    assertThat(compiled.exit()).as(compiled.err()).isZero();
    return new PowerRecorder(library);
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
