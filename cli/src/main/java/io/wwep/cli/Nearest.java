package io.wwep.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a person probably meant. */
final class Nearest {

  private static final int WORD_LENGTH_MAX = 100;

  private Nearest() {}

  /** Returns the candidate with the fewest typing errors, if there are few enough. */
  static Optional<String> to(String typed, Collection<String> candidates) {
    String word = typed.toLowerCase(Locale.ROOT);
    if (word.length() > WORD_LENGTH_MAX) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> isNear(word, candidate))
        .min(Comparator.<String>comparingInt(candidate -> rank(word, candidate)));
  }

  /** Returns {@code , did you mean 'port'?}, or an empty text. */
  static String question(String typed, Collection<String> candidates) {
    return to(typed, candidates).map(", did you mean '%s'?"::formatted).orElse("");
  }

  private static boolean isNear(String word, String candidate) {
    return isBeginning(word, candidate)
        || distance(word, candidate)
            <= Math.max(1, Math.min(word.length(), candidate.length()) / 3);
  }

  private static int rank(String word, String candidate) {
    int distance = distance(word, candidate);
    // A word that was cut short lacks letters, but has no wrong one.
    return isBeginning(word, candidate) ? Math.min(distance, 1) : distance;
  }

  private static boolean isBeginning(String word, String candidate) {
    return word.replace("-", "").length() >= 2 && candidate.startsWith(word);
  }

  /** Letters to insert, remove, change, or swap with the next one. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (isSwap(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
