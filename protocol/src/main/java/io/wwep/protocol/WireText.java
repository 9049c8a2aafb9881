package io.wwep.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as people read and type them: printable ASCII as is, everything else as {@code \xNN}; the
 * backslash too, so that the bytes can be told from the text.
 */
public final class WireText {

  /** Longest piece of a peer's bytes that is shown, in bytes. */
  public static final int SHOWN_BYTES_MAX = 64;

  private WireText() {}

  /** Returns the bytes as text; beyond {@link #SHOWN_BYTES_MAX} they are cut and "…" is added. */
  public static String show(byte[] bytes) {
    int shown = Math.min(bytes.length, SHOWN_BYTES_MAX);
    StringBuilder text = new StringBuilder(shown + 8);
    for (int i = 0; i < shown; i++) {
      appendByte(text, bytes[i]);
    }
    return shown < bytes.length ? text.append('…').toString() : text.toString();
  }

  /** Returns one byte as text: {@code g}, or {@code \x0A}. */
  public static String show(byte b) {
    return show(new byte[] {b});
  }

  private static void appendByte(StringBuilder text, byte b) {
    if (b >= ' ' && b < 0x7F && b != '\\') {
      text.append((char) b);
    } else {
      text.append("\\x").append(Hex.text(2, b));
    }
  }

  /**
   * Returns the bytes that a person meant by {@code text}: {@code \xNN} is that byte, {@code \r},
   * {@code \n}, {@code \t}, {@code \0} and {@code \\} are what they are in C, and everything else
   * is its UTF-8.
   *
   * @throws IllegalArgumentException for an escape that is none of these; the message names it and
   *     its position
   */
  public static byte[] parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '\\') {
        i = parseEscape(text, i, bytes);
      } else {
        int codePoint = text.codePointAt(i);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(codePoint);
      }
    }
    return bytes.toByteArray();
  }

  private static int parseEscape(String text, int start, ByteArrayOutputStream bytes) {
    char kind = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
    switch (kind) {
      case 'r' -> bytes.write('\r');
      case 'n' -> bytes.write('\n');
      case 't' -> bytes.write('\t');
      case '0' -> bytes.write(0);
      case '\\' -> bytes.write('\\');
      case 'x' -> {
        bytes.write(parseHexByte(text, start));
        return start + 4;
      }
      default -> throw badEscape(text, start);
    }
    return start + 2;
  }

  private static int parseHexByte(String text, int start) {
    if (start + 4 > text.length()) {
      throw badEscape(text, start);
    }
    byte[] digits = text.substring(start + 2, start + 4).getBytes(StandardCharsets.ISO_8859_1);
    int value = Hex.get(digits, 0, 2);
    if (value < 0) {
      throw badEscape(text, start);
    }
    return value;
  }

  private static IllegalArgumentException badEscape(String text, int start) {
    String escape = text.substring(start, Math.min(start + 4, text.length()));
    return new IllegalArgumentException(
        "unknown escape %s at position %d: use \\xNN with two hex digits, \\r, \\n, \\t, \\0 or \\\\"
            .formatted(escape, start + 1));
  }
}
