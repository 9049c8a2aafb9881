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

  private static final int DEVICE_DIGITS = 4;

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

  /**
   * Whether WWEP in clear starts at {@code from}: with R or W, or with their small letters and a
   * device behind, as boards send them by mistake. Blanks and line ends may be in front, and line
   * ends alone are WWEP too: they come in a read of their own.
   */
  public static boolean startsWwep(byte[] bytes, int from, int to) {
    int first = from;
    boolean lineEndsAlone = true;
    while (first < to && (isLineEnd(bytes[first]) || isBlank(bytes[first]))) {
      lineEndsAlone &= isLineEnd(bytes[first]);
      first++;
    }
    if (first == to) {
      return lineEndsAlone && from < to;
    }
    byte letter = bytes[first];
    boolean small = letter == 'r' || letter == 'w';
    return letter == 'R' || letter == 'W' || (small && startsDevice(bytes, first + 1, to));
  }

  /** Of its four digits those that came, and at least one. */
  private static boolean startsDevice(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + DEVICE_DIGITS);
    for (int i = from; i < end; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return from < end;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /**
   * Whether a TLS handshake starts at {@code from}: 16 03, or 16 with nothing behind it yet, since
   * no other protocol that reaches this port starts with a SYN character.
   */
  public static boolean startsTls(byte[] bytes, int from, int to) {
    return bytes[from] == 0x16 && (from + 1 == to || bytes[from + 1] == 0x03);
  }
}
