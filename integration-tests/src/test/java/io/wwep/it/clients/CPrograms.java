package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.CSource;
import io.wwep.it.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs of {@code clients/c}, each built once in the life of this process, with sanitizers:
 * memory that is misused or not given back ends a program with an error.
 */
final class CPrograms {

  /** A TLS library that the client is built with. */
  enum Library {
    OPENSSL("openssl/ssl.h", "wwep_openssl.c -lssl -lcrypto"),
    MBEDTLS("mbedtls/ssl.h", "-DWWEP_MBEDTLS wwep_mbedtls.c -lmbedtls -lmbedx509 -lmbedcrypto");

    private final String header;
    private final String arguments;

    Library(String header, String arguments) {
      this.header = header;
      this.arguments = arguments;
    }
  }

  static final Path SOURCES = Path.of("..", "clients", "c").toAbsolutePath().normalize();

  /** What all of it compiles with, without a warning. */
  static final List<String> STRICT =
      List.of("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-g");

  private static final List<String> SANITIZED =
      List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all");
  private static final List<String> CLIENT = List.of("wwep.c", "wwep_bsd.c");
  private static final List<String> SERVER =
      List.of("small_server.c", "server_options.c", "registers.c");
  private static final Map<String, Path> BUILT = new HashMap<>();
  private static final Path DIRECTORY = directory();

  private CPrograms() {}

  private static Path directory() {
    try {
      Path made = Files.createTempDirectory("wwep-c-programs");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
    } catch (IOException e) {
      // It lies in the system's temporary directory.
    }
  }

  /** Builds a client without TLS: exercise 01 or 02. */
  static Path plainClient(String exercise) throws Exception {
    return build(exercise, exercise, CLIENT);
  }

  /** Builds a client with TLS: exercise 03 or 06. A handshake may take 1 s only. */
  static Path client(String exercise, Library library) throws Exception {
    CSource.assumeInstalled(library.header, DIRECTORY);
    List<String> arguments = new ArrayList<>(CLIENT);
    arguments.add("-DWWEP_HANDSHAKE_MS=1000u");
    arguments.addAll(List.of(library.arguments.split(" ")));
    return build(exercise + library, exercise, arguments);
  }

  /** Builds a server: exercise 04, 05 or 07. */
  static Path server(String exercise) throws Exception {
    List<String> arguments = new ArrayList<>(SERVER);
    if (!exercise.equals("exercise04")) {
      CSource.assumeInstalled("openssl/ssl.h", DIRECTORY);
      arguments.addAll(List.of("small_tls.c", "-lssl", "-lcrypto"));
    }
    return build(exercise, exercise, arguments);
  }

  /**
   * Builds a test in C, with the client's core.
   *
   * @param source a file of {@code src/test/c}
   */
  static Path test(String source) throws Exception {
    Path file = Path.of("src", "test", "c", source).toAbsolutePath();
    return build(source, file.toString(), List.of("-I", ".", "wwep.c"));
  }

  private static synchronized Path build(String name, String main, List<String> arguments)
      throws Exception {
    Path program = BUILT.get(name);
    if (program == null) {
      program = DIRECTORY.resolve(name.replaceFirst("\\.c$", ""));
      List<String> command = new ArrayList<>(STRICT);
      command.addAll(SANITIZED);
      command.addAll(List.of("-o", program.toString(), main.endsWith(".c") ? main : main + ".c"));
      command.addAll(arguments);
      compile("cc", command);
      BUILT.put(name, program);
    }
    return program;
  }

  /** Compiles with a compiler, if it is there, as somebody does who stands in {@code clients/c}. */
  static void compile(String compiler, List<String> arguments) throws Exception {
    String line =
        "cd '%s' && exec %s %s"
            .formatted(
                SOURCES, compiler, String.join(" ", arguments.stream().map(it -> q(it)).toList()));
    Tool.of(compiler, "--version");
    Tool.Result compiled = Tool.of("sh", "-c", line).run("");
    assertThat(compiled.exit()).as("%s%n%s", line, compiled.err()).isZero();
    assertThat(compiled.err()).as(line).isEmpty();
  }

  private static String q(String word) {
    return "'" + word + "'";
  }

  /** Runs a program with these keys as its input. */
  static Tool.Result press(String keys, Path program, Object... options) throws Exception {
    String[] command =
        Stream.concat(Stream.of(program), Arrays.stream(options))
            .map(Object::toString)
            .toArray(String[]::new);
    return Tool.of(command).run(keys);
  }
}
