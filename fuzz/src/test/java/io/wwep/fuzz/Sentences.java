package io.wwep.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every sentence for people has to be. */
final class Sentences {

  /** Nobody reads more, whatever was in the file. */
  private static final int LENGTH_MAX = 1_000;

  private static final Pattern CAUSE_AND_CURE = Pattern.compile("[:;] .", Pattern.DOTALL);
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile("\\b(java|org)\\.[a-z]\\w*|Exception\\b|\\bnull\\b");

  private Sentences() {}

  /**
   * Looks at a sentence that says what is wrong, and behind a colon or semicolon what to do.
   *
   * @param input what it is about; its own words may be quoted
   * @throws AssertionError when it is none
   */
  static void require(String sentence, byte[] input) {
    if (sentence == null
        || sentence.length() > LENGTH_MAX
        || !CAUSE_AND_CURE.matcher(sentence).find()
        || hasWordsForProgrammers(sentence, input)) {
      throw new AssertionError("this helps nobody: " + sentence);
    }
  }

  private static boolean hasWordsForProgrammers(String sentence, byte[] input) {
    Matcher words = FOR_PROGRAMMERS.matcher(sentence);
    while (words.find()) {
      if (!new String(input, StandardCharsets.ISO_8859_1).contains(words.group())) {
        return true;
      }
    }
    return false;
  }
}
