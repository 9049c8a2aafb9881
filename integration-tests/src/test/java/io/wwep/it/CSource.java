package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small libraries and programs in C that tests need, built from {@code src/test/c}. */
public final class CSource {

  private CSource() {}

  /**
   * Builds a library that stands between a process and the system's (LD_PRELOAD); skips the test
   * where there is no Linux or no compiler.
   *
   * @param source a file of {@code src/test/c}
   * @param directory where to build
   */
  public static Path library(String source, Path directory) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "LD_PRELOAD is Linux's");
    Path library = directory.resolve(source.replaceFirst("\\.c$", ".so"));
    return compile(source, library, "-shared", "-fPIC", "-ldl", "-lpthread");
  }

  /**
   * Builds a program; skips the test where there is no compiler, or its TLS library is missing.
   *
   * @param source a file of {@code src/test/c}
   * @param directory where to build
   * @param tls {@code openssl}, {@code mbedtls} or {@code wolfssl}
   */
  public static Path program(String source, Path directory, String tls) throws Exception {
    assumeInstalled(tls + "/ssl.h", directory);
    String[] libraries =
        switch (tls) {
          case "openssl" -> new String[] {"-lssl", "-lcrypto"};
          case "mbedtls" -> new String[] {"-lmbedtls", "-lmbedx509", "-lmbedcrypto"};
          default -> new String[] {"-lwolfssl"};
        };
    return compile(source, directory.resolve(source.replaceFirst("\\.c$", "")), libraries);
  }

  /** Skips the test where a header is missing. */
  public static void assumeInstalled(String header, Path directory) throws Exception {
    Tool.Result found =
        Tool.of("cc", "-E", "-o", directory.resolve("header").toString(), "-xc", "-")
            .run("#include <%s>\n".formatted(header));
    assumeTrue(found.exit() == 0, header + " is not installed");
  }

  private static Path compile(String source, Path output, String... options) throws Exception {
    List<String> command =
        List.of(
            "cc",
            "-std=gnu99",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror=implicit-function-declaration",
            "-o",
            output.toString());
    Tool.Result compiled =
        Tool.of(
                Stream.of(
                        command.stream(),
                        Stream.of(Path.of("src", "test", "c", source).toString()),
                        Stream.of(options))
                    .flatMap(each -> each)
                    .toArray(String[]::new))
            .run("");
    assertThat(compiled.exit()).as(compiled.err()).isZero();
    return output;
  }
}
