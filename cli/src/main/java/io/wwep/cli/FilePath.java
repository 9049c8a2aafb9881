package io.wwep.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Files and directories on the command line. */
final class FilePath implements ITypeConverter<Path> {

  /** In what Java says where it cannot turn a text into the bytes of a name, as with LC_ALL=C. */
  private static final String UNMAPPABLE = "unmappable";

  /** Whether a path stands for standard input or output, as {@code -} does everywhere. */
  static boolean isDash(Path path) {
    return path.toString().equals("-");
  }

  /**
   * Makes sure that what is to be written to a file is not asked for on standard output.
   *
   * @param what as in {@code a backup}
   * @throws CliException when it is
   */
  static void requireFile(Path path, String what) {
    if (isDash(path)) {
      throw new CliException(
          "- is standard output, and %s goes into a file alone: give its name, or ./- for one of that name"
              .formatted(what));
    }
  }

  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      // Java takes it for the current directory, which nobody means who has a variable unset.
      throw new TypeConversionException("is empty: give a path, or leave the option out");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      String words =
          e.getReason().contains(UNMAPPABLE)
              ? "takes a path, and this locale lacks letters of '%s' (set LC_ALL=C.UTF-8 to have them)"
              : "takes a path, and '%s' is none (%s)";
      throw new TypeConversionException(words.formatted(text, e.getReason()));
    }
  }
}
