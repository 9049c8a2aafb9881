package io.wwep.cli;

import io.wwep.store.HistoryLimit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How much history is kept, as the store reads it. */
final class History implements ITypeConverter<HistoryLimit> {

  @Override
  public HistoryLimit convert(String text) {
    try {
      return HistoryLimit.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
