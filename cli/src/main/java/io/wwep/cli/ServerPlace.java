package io.wwep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A server on the command line: {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}. */
final class ServerPlace implements ITypeConverter<ServerPlace> {

  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*):(\\d+)");

  private final String host;

  /** Null where none is named. */
  private final Integer port;

  /** As a converter. */
  ServerPlace() {
    this(null, null);
  }

  private ServerPlace(String host, Integer port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public ServerPlace convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("is empty: give a name or an address, or leave it out");
    }
    Matcher match = WITH_PORT.matcher(text);
    return match.matches()
        ? new ServerPlace(
            match.group(1), new Numbers.RemotePort(Numbers.PORT).convert(match.group(2)))
        : new ServerPlace(text, null);
  }

  String host() {
    return host;
  }

  /**
   * @param usual where none is named
   */
  int port(int usual) {
    return port == null ? usual : port;
  }

  /** Wins over {@code --host}, and over {@code --port} where it names one. */
  void applyTo(ServerOptions options) {
    options.host.name = host;
    if (port != null) {
      options.port = port;
    }
  }
}
