package io.wwep.it.conformance;

import java.nio.file.Path;
import java.util.Optional;

/** A server that somebody else runs; it is left running. */
record ForeignServer(String host, int plainPort, int tlsPort, Optional<Path> caFile)
    implements TargetServer {

  private static final String PREFIX = "wwep.conformance.";

  static boolean isNamed() {
    return System.getProperty(PREFIX + "host") != null;
  }

  static ForeignServer fromProperties() {
    return new ForeignServer(
        System.getProperty(PREFIX + "host"),
        port("port").orElseThrow(() -> new IllegalStateException("set -D" + PREFIX + "port=PORT")),
        port("tlsPort").orElse(NOT_SERVED),
        Optional.ofNullable(System.getProperty(PREFIX + "ca")).map(Path::of));
  }

  private static Optional<Integer> port(String name) {
    String text = System.getProperty(PREFIX + name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalStateException(
          "%s%s must be 1 to 65535, not %s".formatted(PREFIX, name, text));
    }
    return Optional.of(Integer.parseInt(text));
  }

  @Override
  public void close() {}
}
