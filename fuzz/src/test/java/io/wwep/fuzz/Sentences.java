package io.wwep.fuzz;

/** What every sentence for people has to be. */
final class Sentences {

  /** Nobody reads more, whatever was in the file. */
  private static final int LENGTH_MAX = 1_000;

  private Sentences() {}

  /**
   * Looks at a sentence that says what is wrong, and behind a colon or semicolon what to do.
   *
   * @throws AssertionError when it is none
   */
  static void require(String sentence) {
    boolean right =
        sentence != null
            && sentence.length() <= LENGTH_MAX
            && sentence.matches("(?s).*[:;] .+")
            && !sentence.matches("(?s).*(\\b(java|org)\\.[a-z]|Exception\\b|\\bnull\\b).*");
    if (!right) {
      throw new AssertionError("this helps nobody: " + sentence);
    }
  }
}
