package io.wwep.console.classroom;

import io.wwep.console.http.Problem;
import java.util.Set;

/** Names that people give to devices. */
final class Names {

  /**
   * Letters and symbols by their category that show nothing: the fillers of Hangul, the Braille
   * pattern without dots, and music's null notehead.
   */
  private static final Set<Integer> BLANK = Set.of(0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0x1D159);

  private Names() {}

  /**
   * Returns a name without spaces at its ends.
   *
   * @throws io.wwep.console.http.ProblemException when it is too long, nothing in it can be seen,
   *     or something in it could hide or turn around what stands beside it
   */
  static String checked(String text) {
    String name = text.strip();
    int length = name.codePointCount(0, name.length());
    if (length > ClassShapes.NAME_MAX
        || !name.codePoints().allMatch(Names::isHarmless)
        || name.codePoints().noneMatch(Names::isSeen)) {
      throw Problem.badRequest(
              "name must be 1 to %d characters that can be seen, as in Table 3"
                  .formatted(ClassShapes.NAME_MAX))
          .exception();
    }
    return name;
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // among them all that turns the direction of text
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> !BLANK.contains(c);
    };
  }

  /** Whether it shows something by itself; spaces do not, nor do marks without their letter. */
  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> true;
    };
  }
}
