package io.wwep.cli;

/** What a person types to get here, for the commands in sentences that people copy. */
final class CommandName {

  /** As in {@code ./wwep}; the launcher tells. */
  static final String TEXT = of(System.getenv("WWEP_COMMAND"));

  private CommandName() {}

  /** Returns a sentence in which each command in quotes is as this person types it. */
  static String in(String sentence) {
    return TEXT.equals("wwep") ? sentence : sentence.replace("'wwep ", "'" + TEXT + " ");
  }

  /**
   * @param told by the launcher, or null
   */
  static String of(String told) {
    return told == null || told.isBlank() ? "wwep" : word(told);
  }

  /** Returns a path as one word of a command that people paste, also with a space in it. */
  static String word(String path) {
    return path.replaceAll("[^\\w./+@%:,~-]", "\\\\$0");
  }
}
