package io.wwep.board.steps;

import io.wwep.protocol.tls.TlsNames;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the readable messages of a handshake say. */
final class HandshakeWords {

  private static final int NAMED_CURVE = 3;

  /** A line with more names is read by nobody. */
  private static final int SHOWN_MAX = 4;

  private HandshakeWords() {}

  static String client(Hello hello) {
    StringBuilder words = new StringBuilder();
    words.append("offers ").append(TlsNames.versions(hello.versions(), SHOWN_MAX));
    words.append("; ").append(TlsNames.suites(hello.suites(), SHOWN_MAX));
    if (!hello.groups().isEmpty()) {
      words.append("; curves ").append(TlsNames.groups(hello.groups(), SHOWN_MAX));
    }
    if (!hello.shares().isEmpty()) {
      words.append("; half a key for ").append(TlsNames.groups(hello.shares(), SHOWN_MAX));
    }
    return hello.serverName().isEmpty()
        ? words.toString()
        : words.append("; asks for ").append(hello.serverName()).toString();
  }

  static String server(Hello hello) {
    if (hello.retry()) {
      return "wants the ClientHello again, with half a key for "
          + TlsNames.groups(hello.shares(), SHOWN_MAX);
    }
    String taken =
        "takes %s, %s"
            .formatted(
                TlsNames.versions(hello.versions(), SHOWN_MAX),
                TlsNames.suites(hello.suites(), SHOWN_MAX));
    return hello.shares().isEmpty()
        ? taken
        : taken + "; its half of the key for " + TlsNames.groups(hello.shares(), SHOWN_MAX);
  }

  /**
   * Returns what a message of TLS 1.2 says beside its name; empty for one that says no more.
   *
   * @throws BufferUnderflowException when it ends too soon
   */
  static String details(int type, byte[] body) {
    Fields fields = Fields.of(body);
    return switch (type) {
      case 4 ->
          "to resume this session within %,d s"
              .formatted(((long) fields.u16() << 16) | fields.u16());
      case 11 -> certificates(fields);
      case 12 -> keyExchange(fields);
      case 13 -> "the server wants a certificate of the board";
      case 14 -> "the server's turn is over";
      case 15 -> "signed with " + TlsNames.signature(fields.u16());
      case 16 -> "the board's half of the key";
      default -> "";
    };
  }

  private static String certificates(Fields fields) {
    Fields chain = fields.part(fields.u24());
    List<Integer> lengths = new ArrayList<>();
    while (chain.hasMore()) {
      int length = chain.u24();
      chain.part(length);
      lengths.add(length);
    }
    if (lengths.isEmpty()) {
      return "none";
    }
    return "%d, of %s bytes"
        .formatted(
            lengths.size(),
            lengths.stream().map("%,d"::formatted).collect(Collectors.joining(" and ")));
  }

  private static String keyExchange(Fields fields) {
    if (fields.u8() != NAMED_CURVE) {
      return "the server's half of the key";
    }
    String group = TlsNames.group(fields.u16());
    fields.part(fields.u8());
    return "the server's half of the key for %s, signed with %s"
        .formatted(group, TlsNames.signature(fields.u16()));
  }
}
