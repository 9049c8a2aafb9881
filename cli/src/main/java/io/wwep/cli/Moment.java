package io.wwep.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it, in UTC: a day, or a day and a time. */
final class Moment implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    String plain = text.strip().toUpperCase(Locale.ROOT).replace(' ', 'T').replaceFirst("Z$", "");
    try {
      return plain.indexOf('T') < 0
          ? LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC)
          : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "takes a day or a day and a time in UTC, as in 1970-01-01 or 2026-12-24T18:00:00, not '%s'"
              .formatted(text));
    }
  }
}
