package io.wwep.console.classroom;

import io.wwep.console.http.Problem;

/** Names that people give to devices. */
final class Names {

  private Names() {}

  /**
   * Returns a name without spaces at its ends.
   *
   * @throws io.wwep.console.http.ProblemException when it is too long, or something in it cannot be
   *     seen, and could hide or turn around what stands beside it
   */
  static String checked(String text) {
    String name = text.strip();
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > ClassShapes.NAME_MAX || !name.codePoints().allMatch(Names::isSeen)) {
      throw Problem.badRequest(
              "name must be 1 to %d characters that can be seen, as in Table 3"
                  .formatted(ClassShapes.NAME_MAX))
          .exception();
    }
    return name;
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
