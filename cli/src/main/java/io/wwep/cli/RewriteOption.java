package io.wwep.cli;

import io.wwep.tap.change.Rewrite;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rule on the command line that alters frames. */
final class RewriteOption implements ITypeConverter<Rewrite> {

  @Override
  public Rewrite convert(String text) {
    try {
      return Rewrite.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
