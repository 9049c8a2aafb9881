package io.wwep.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Files and directories on the command line. */
final class FilePath implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      // Java takes it for the current directory, which nobody means who has a variable unset.
      throw new TypeConversionException("is empty: give a path, or leave the option out");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "takes a path, and '%s' is none (%s)".formatted(text, e.getReason()));
    }
  }
}
