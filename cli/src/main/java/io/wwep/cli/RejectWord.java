package io.wwep.cli;

import io.wwep.protocol.RejectCode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reason for an {@code X} by its stable word, as in {@code too-long}. */
final class RejectWord implements ITypeConverter<String>, Iterable<String> {

  private static final List<String> WORDS =
      Stream.of(RejectCode.values()).map(RejectCode::word).toList();

  @Override
  public String convert(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!WORDS.contains(word)) {
      throw new TypeConversionException(
          "takes %s, not '%s'%s"
              .formatted(String.join(", ", WORDS), text, Nearest.question(text, WORDS)));
    }
    return word;
  }

  @Override
  public Iterator<String> iterator() {
    return WORDS.iterator();
  }
}
