package io.wwep.cli;

import io.wwep.certs.ServerName;
import io.wwep.protocol.Wwep;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A server as people write it: {@code wwep.lab}, {@code wwep.lab:443}, {@code [::1]:40508}, or the
 * address that they copied from a browser.
 *
 * @param host without brackets, in ASCII
 * @param port 1 to 65535, or {@link #NONE}
 */
record TlsTarget(String host, int port) {

  /** Stands for a port that is not given, where none is usual. */
  static final int NONE = 0;

  private static final int HTTPS_PORT = 443;

  /** A scheme, a host with or without brackets, a port, and what a browser has behind it. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(https://)?(\\[[^\\]]*]|[^:/?#\\[\\]]+|[0-9a-f:.]*:[0-9a-f:.]*:[^/?#]*)(?::(\\d+))?([/?#].*)?");

  /** Returns the host as a certificate would name it, unless it has a zone and is a link's own. */
  Optional<ServerName> name() {
    try {
      return Optional.of(ServerName.of(host));
    } catch (IllegalArgumentException zone) {
      return Optional.empty();
    }
  }

  /** Returns it as one word, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Reads one of whose ports none is the usual one. */
  static final class WithoutUsualPort extends Converter {
    WithoutUsualPort() {
      super(NONE);
    }
  }

  /** Reads one. */
  static class Converter implements ITypeConverter<TlsTarget> {

    private final int usualPort;

    Converter() {
      this(Wwep.TLS_PORT);
    }

    private Converter(int usualPort) {
      this.usualPort = usualPort;
    }

    @Override
    public TlsTarget convert(String text) {
      Matcher match = FORM.matcher(text.strip());
      boolean browser = match.matches() && match.group(1) != null;
      if (!match.matches() || (match.group(4) != null && !browser)) {
        throw new TypeConversionException(
            "takes a host name or an IP address, with a port or without, as in wwep.lab:40508 or [::1]:40508, not '%s'"
                .formatted(text));
      }
      String host = withoutBrackets(match.group(2));
      String port = match.group(3);
      int number =
          port != null
              ? new Numbers.RemotePort(Numbers.PORT).convert(port)
              : browser ? HTTPS_PORT : usualPort;
      return new TlsTarget(host.indexOf('%') >= 0 ? host : ascii(host), number);
    }

    private static String withoutBrackets(String host) {
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String ascii(String host) {
      try {
        return ServerName.of(host).text();
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
