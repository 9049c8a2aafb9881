package io.wwep.tap.change;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A rule that makes another frame of one, as in {@code W....05=.... -> 0001}. Immutable.
 *
 * <p>In front of the arrow stands what a frame must look like: its letter ({@code W}, {@code R}, or
 * {@code A} for replies), six digits of device and register, and for {@code W} and {@code A} behind
 * a {@code =} four digits of value; {@code .} is any digit, and without {@code =} any value fits.
 * Behind the arrow stands the new value, four digits, or a whole frame of the same letter; here
 * {@code .} leaves the digit as it is.
 */
public final class Rewrite {

  private final String text;
  private final byte[] pattern;
  private final byte[] result;

  Rewrite(String text, byte[] pattern, byte[] result) {
    this.text = text;
    this.pattern = pattern.clone();
    this.result = result.clone();
  }

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException when it is none; the message names the column, from 1 on
   */
  public static Rewrite parse(String text) {
    return new RewriteSyntax(text).parse();
  }

  /** Whether it is about what the server sends. */
  public boolean isForReplies() {
    return pattern[0] == 'A';
  }

  /** Whether a complete frame looks like its pattern; digits count in both cases. */
  boolean fits(byte[] frame) {
    if (frame.length != pattern.length || frame[0] != pattern[0]) {
      return false;
    }
    for (int i = 1; i < frame.length; i++) {
      if (pattern[i] != '.' && pattern[i] != upper(frame[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns what becomes of a frame that fits; it may be the same. */
  byte[] apply(byte[] frame) {
    byte[] changed = frame.clone();
    for (int i = 1; i < changed.length; i++) {
      if (result[i] != '.') {
        changed[i] = result[i];
      }
    }
    return changed;
  }

  private static byte upper(byte digit) {
    return digit >= 'a' && digit <= 'f' ? (byte) (digit - 'a' + 'A') : digit;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rewrite rewrite
        && Arrays.equals(rewrite.pattern, pattern)
        && Arrays.equals(rewrite.result, result);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pattern) + Arrays.hashCode(result);
  }

  /** Returns the rule as it was given. */
  @Override
  public String toString() {
    return text;
  }

  static byte[] ascii(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
