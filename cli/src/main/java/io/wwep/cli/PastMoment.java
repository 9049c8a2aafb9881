package io.wwep.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment of the past as people write it: an age, a time of the last 24 hours, or what {@link
 * Moment} takes; times are UTC, as the history prints them.
 */
final class PastMoment implements ITypeConverter<Instant> {

  private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*([smhd])");
  private static final Pattern TIME = Pattern.compile("(\\d\\d?:\\d\\d(:\\d\\d)?)\\s*z?");

  private final Clock clock;
  private final Moment moment = new Moment();

  PastMoment() {
    this(Clock.systemUTC());
  }

  PastMoment(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    Matcher age = AGE.matcher(plain);
    Matcher time = TIME.matcher(plain);
    try {
      Instant found =
          age.matches()
              ? clock.instant().minus(age(age))
              : time.matches() ? lastTime(time.group(1)) : moment.convert(text);
      // What lies further away fits into no history.
      return found.isBefore(Instant.EPOCH) ? Instant.EPOCH : found;
    } catch (DateTimeException | TypeConversionException e) {
      throw new TypeConversionException(
          "takes an age as in 30m, 2h or 7d, or a time in UTC as in 14:05 or 2026-12-24T18:00:00, not '%s'"
              .formatted(text));
    }
  }

  private static Duration age(Matcher age) {
    long number = Long.parseLong(age.group(1));
    return switch (age.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** Returns when a clock last showed that. */
  private Instant lastTime(String text) {
    LocalTime time = LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
    Instant now = clock.instant();
    Instant today = LocalDate.ofInstant(now, ZoneOffset.UTC).atTime(time).toInstant(ZoneOffset.UTC);
    return today.isAfter(now) ? today.minus(1, ChronoUnit.DAYS) : today;
  }
}
