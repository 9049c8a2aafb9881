package io.wwep.board.screen;

/** What pictures are made of, on screens with Unicode and on those without. */
enum Glyphs {
  UNICODE("┌┐└┘├┤─│", "●", "○", "→", "…"),
  ASCII("++++++-|", "(*)", "( )", "->", "...");

  private static final int WIDE_FROM = 0x2E80;

  private final String frame;
  final String lit;
  final String dark;
  final String arrow;
  final String more;

  Glyphs(String frame, String lit, String dark, String arrow, String more) {
    this.frame = frame;
    this.lit = lit;
    this.dark = dark;
    this.arrow = arrow;
    this.more = more;
  }

  String topLeft() {
    return frame.substring(0, 1);
  }

  String topRight() {
    return frame.substring(1, 2);
  }

  String bottomLeft() {
    return frame.substring(2, 3);
  }

  String bottomRight() {
    return frame.substring(3, 4);
  }

  String left() {
    return frame.substring(4, 5);
  }

  String right() {
    return frame.substring(5, 6);
  }

  String level() {
    return frame.substring(6, 7);
  }

  String upright() {
    return frame.substring(7, 8);
  }

  /** Returns a text whose characters take one column each, and control no terminal. */
  String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.append(shown(c)));
    return clean.toString();
  }

  private String shown(int c) {
    if (c >= ' ' && c < 0x7F) {
      return Character.toString(c);
    }
    if (c == '…') {
      return more;
    }
    if (c == '→') {
      return arrow;
    }
    return this == UNICODE && c >= 0xA0 && c < WIDE_FROM && isNarrow(c)
        ? Character.toString(c)
        : "?";
  }

  private static boolean isNarrow(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.UNASSIGNED ->
          false;
      default -> c < 0x1100 || c > 0x11FF; // Hangul's parts, which are two columns wide.
    };
  }
}
