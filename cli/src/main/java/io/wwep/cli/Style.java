package io.wwep.cli;

/**
 * Colours for a terminal.
 *
 * @param color whether there are any
 */
record Style(boolean color) {

  private String paint(String codes, String text) {
    return color ? "\u001B[" + codes + "m" + text + "\u001B[0m" : text;
  }

  /** What is there to be found, not to be read first. */
  String faint(String text) {
    return paint("2", text);
  }

  /** What is read first. */
  String strong(String text) {
    return paint("1", text);
  }

  /** The word that names what went wrong. */
  String warning(String text) {
    return paint("33", text);
  }

  /** What is drawn. */
  String curve(String text) {
    return paint("36", text);
  }

  /** A light that is on. */
  String lit(String text) {
    return paint("1;32", text);
  }

  /** What went well. */
  String good(String text) {
    return paint("32", text);
  }

  /** What did not. */
  String bad(String text) {
    return paint("31", text);
  }

  String port(String text, boolean marked) {
    return marked ? paint("36", text) : text;
  }

  String reply(String text) {
    return text.startsWith("A") ? paint("32", text) : paint("1;31", text);
  }
}
