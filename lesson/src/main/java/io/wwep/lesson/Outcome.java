package io.wwep.lesson;

/**
 * What became of one board with a man in the middle.
 *
 * @param verifies what it verifies, in words
 * @param read whether the tap had its message
 * @param altered whether the server stored something else
 * @param noticed whether the board knew that something was wrong
 */
record Outcome(String verifies, boolean read, boolean altered, boolean noticed) {

  private static final String ROW = "%-27s  %-15s  %-7s  %s";

  /** Returns the head of the table that {@link #row} makes rows of. */
  static String head() {
    return ROW.formatted("the board", "read by the tap", "altered", "noticed by the board");
  }

  String row() {
    return ROW.formatted(verifies, yes(read), yes(altered), yes(noticed));
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
