package io.wwep.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The line and column that a sentence about a file names. */
final class Places {

  private Places() {}

  /**
   * Requires that the line is one of the file's.
   *
   * @param exempt what sentences hold that need not name a line
   */
  static void require(String file, String problem, byte[] input, String... exempt) {
    Matcher place =
        Pattern.compile(Pattern.quote(file) + ", line (\\d+), column (\\d+): ").matcher(problem);
    if (place.find()) {
      int line = Integer.parseInt(place.group(1));
      if (line < 1 || line > lines(input) || Integer.parseInt(place.group(2)) < 1) {
        throw new AssertionError("there is no such place: " + problem);
      }
    } else if (Stream.of(exempt).noneMatch(problem::contains)) {
      throw new AssertionError("no line: " + problem);
    }
  }

  private static int lines(byte[] input) {
    int lines = 1;
    for (int i = 0; i < input.length; i++) {
      boolean lineEnd = input[i] == '\n' || (input[i] == '\r' && !isLineFeed(input, i + 1));
      lines += lineEnd ? 1 : 0;
    }
    return lines;
  }

  private static boolean isLineFeed(byte[] input, int i) {
    return i < input.length && input[i] == '\n';
  }
}
