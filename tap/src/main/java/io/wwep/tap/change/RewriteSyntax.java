package io.wwep.tap.change;

/** Reads a {@link Rewrite}, and says at which column it cannot. Used once. */
final class RewriteSyntax {

  /** Longer than any rule with spaces around each of its parts. */
  private static final int TEXT_MAX = 200;

  private static final int ADDRESS_DIGITS = 6;
  private static final int VALUE_DIGITS = 4;
  private static final String ARROW = "->";

  private final String text;
  private int at;

  RewriteSyntax(String text) {
    this.text = text;
  }

  Rewrite parse() {
    if (text.length() > TEXT_MAX) {
      throw wrong("a rule has at most %d characters".formatted(TEXT_MAX), TEXT_MAX);
    }
    skipSpaces();
    char letter = letter();
    byte[] pattern = frame(letter, "any digit");
    skipSpaces();
    if (!text.startsWith(ARROW, at)) {
      throw wrong(
          letter == 'R'
              ? "expected '->' and the frame that it becomes, as in R....05 -> R....06"
              : "expected '->' and the new value, as in W....05=.... -> 0001",
          at);
    }
    at += ARROW.length();
    skipSpaces();
    byte[] result = result(letter, pattern.length);
    skipSpaces();
    if (at < text.length()) {
      throw wrong("the rule ends here, and '%s' follows".formatted(text.substring(at)), at);
    }
    return new Rewrite(text.strip(), pattern, result);
  }

  private char letter() {
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c != 'W' && c != 'R' && c != 'A') {
      throw wrong(
          "a rule begins with W (write), R (read) or A (reply), as in W....05=.... -> 0001", at);
    }
    at++;
    return c;
  }

  /** Reads what is behind the letter: device and register, and a value where there is one. */
  private byte[] frame(char letter, String dot) {
    StringBuilder frame = new StringBuilder().append(letter);
    digits(frame, ADDRESS_DIGITS, "device and register", dot);
    if (letter == 'R') {
      return Rewrite.ascii(frame);
    }
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      digits(frame, VALUE_DIGITS, "the value", dot);
    } else {
      frame.append(".".repeat(VALUE_DIGITS));
    }
    return Rewrite.ascii(frame);
  }

  private byte[] result(char letter, int length) {
    if (at < text.length() && text.charAt(at) == letter && (letter != 'A' || isFrameAhead())) {
      at++;
      return frame(letter, "leave the digit");
    }
    if (letter == 'R') {
      throw wrong("a read becomes another read, as in R....05 -> R....06", at);
    }
    StringBuilder frame = new StringBuilder().append(letter).append(".".repeat(ADDRESS_DIGITS));
    digits(frame, VALUE_DIGITS, "the new value", "leave the digit");
    if (frame.length() != length) {
      throw new IllegalStateException("a frame of another length");
    }
    return Rewrite.ascii(frame);
  }

  /** An A is a digit too: a value has four of them, and a frame more. */
  private boolean isFrameAhead() {
    return text.substring(at).strip().length() > VALUE_DIGITS;
  }

  private void digits(StringBuilder frame, int count, String what, String dot) {
    int start = at;
    for (int i = 0; i < count; i++, at++) {
      char c = at < text.length() ? Character.toUpperCase(text.charAt(at)) : ' ';
      boolean digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || c == '.';
      if (!digit) {
        throw wrong(
            at == text.length() || text.charAt(at) == ' ' || "=-".indexOf(c) >= 0
                ? "%s %s %d hex digits, and here are %d: '.' stands for %s"
                    .formatted(
                        what, what.contains(" and ") ? "have" : "has", count, at - start, dot)
                : "'%s' is no hex digit: use 0-9, A-F, or '.' for %s"
                    .formatted(text.substring(at, text.offsetByCodePoints(at, 1)), dot),
            at);
      }
      frame.append(c);
    }
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong(String why, int index) {
    return new IllegalArgumentException(
        "is no rule at column %d of '%s': %s".formatted(index + 1, shown(), why));
  }

  private String shown() {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
