package io.wwep.protocol;

import java.nio.charset.StandardCharsets;

/** Tells the protocols that end up at a port by mistake, by their first bytes. */
public final class OtherProtocols {

  private static final byte[][] HTTP_METHODS =
      ascii(
          "GET ",
          "HEAD ",
          "POST ",
          "PUT ",
          "DELETE ",
          "OPTIONS ",
          "PATCH ",
          "TRACE ",
          "CONNECT ",
          "PRI ");

  private OtherProtocols() {}

  private static byte[][] ascii(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /** Whether an HTTP request line starts at {@code from}. */
  public static boolean startsHttp(byte[] bytes, int from, int to) {
    for (byte[] method : HTTP_METHODS) {
      if (startsWith(bytes, from, to, method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] word) {
    if (to - from < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether WWEP in clear starts at {@code from}, behind line ends or not: with R or W. */
  public static boolean startsWwep(byte[] bytes, int from, int to) {
    int first = from;
    while (first < to && (bytes[first] == '\r' || bytes[first] == '\n')) {
      first++;
    }
    return first < to && (bytes[first] == 'R' || bytes[first] == 'W');
  }

  /**
   * Whether a TLS handshake starts at {@code from}: 16 03, or 16 with nothing behind it yet, since
   * no other protocol that reaches this port starts with a SYN character.
   */
  public static boolean startsTls(byte[] bytes, int from, int to) {
    return bytes[from] == 0x16 && (from + 1 == to || bytes[from + 1] == 0x03);
  }
}
