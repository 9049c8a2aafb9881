package io.wwep.cli;

import io.wwep.conformance.Exercise;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An exercise of the lecture whose result is a server, by its number; also for the completion. */
final class ExerciseNumber implements ITypeConverter<Exercise>, Iterable<String> {

  @Override
  public Exercise convert(String text) {
    String number = text.strip().length() == 1 ? "0" + text.strip() : text.strip();
    return Arrays.stream(Exercise.values())
        .filter(each -> each.number().equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "takes 04, 05 or 07, the exercises that make a server, not '%s'"
                        .formatted(text)));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Exercise.values()).map(Exercise::number).iterator();
  }
}
