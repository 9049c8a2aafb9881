package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** Small libraries in C that stand between a process and the system's (LD_PRELOAD). */
public final class Preload {

  private Preload() {}

  /**
   * Builds a library; skips the test where there is no Linux or no compiler.
   *
   * @param source a file of {@code src/test/c}
   * @param directory where to build
   */
  public static Path build(String source, Path directory) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "LD_PRELOAD is Linux's");
    Path library = directory.resolve(source.replaceFirst("\\.c$", ".so"));
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
                Path.of("src", "test", "c", source).toString(),
                "-ldl",
                "-lpthread")
            .run("");
    assertThat(compiled.exit()).as(compiled.err()).isZero();
    return library;
  }
}
