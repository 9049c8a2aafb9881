package io.wwep.it.clients;

import io.wwep.it.Tool;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The client of {@code clients/micropython}, run by an interpreter of choice. */
final class PythonClient {

  static final Path SOURCES = Path.of("..", "clients", "micropython").toAbsolutePath().normalize();

  /** Shows what becomes of each expression that it is given, one on a line. */
  static final String SCRIPT =
      """
      import sys
      sys.path.insert(0, sys.argv[1])
      import wwep
      for each in sys.argv[2:]:
          try:
              print(eval(each))
          except (wwep.Error, ValueError) as e:
              print(type(e).__name__ + ": " + str(e).replace("\\n", " "))
      """;

  private PythonClient() {}

  /** CPython, and MicroPython's unix port with the TLS of a board's firmware. */
  static Stream<String> interpreters() {
    return Stream.of("python3", "micropython");
  }

  /** Skips the test where there is no such interpreter. */
  static Tool.Result evaluate(String interpreter, Object... expressions) throws Exception {
    String[] command =
        Stream.concat(Stream.of(interpreter, "-c", SCRIPT, SOURCES), Stream.of(expressions))
            .map(Object::toString)
            .toArray(String[]::new);
    return Tool.of(command).run("");
  }

  static String plain(int port) {
    return "wwep.Client('127.0.0.1', %d)".formatted(port);
  }

  static String tls(int port, String trust) {
    return "wwep.Client('localhost', %d, tls=%s)".formatted(port, trust);
  }

  static String trust(Path root) {
    return "wwep.trust('%s')".formatted(root);
  }
}
