package io.wwep.certs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * From when to when a certificate holds, in whole seconds. Immutable.
 *
 * <p>Both ends lie within 1950 to 2049: what is outside of it a certificate says as a
 * GeneralizedTime, which stacks on boards fail to read (RFC 5280, section 4.1.2.5).
 *
 * @param from the first second
 * @param until the last second, after {@code from}
 */
public record Validity(Instant from, Instant until) {

  /** A computer whose clock was never set must not make a certificate that is over when it is. */
  private static final Instant CLOCK_FLOOR = midnight(2026, 1, 1);

  private static final Instant START = midnight(1950, 1, 1);
  private static final Instant END = midnight(2050, 1, 1);
  private static final Instant LAST_DAY = midnight(2049, 12, 31);

  /** A board's clock may be behind, and tells the time of another zone now and then. */
  private static final Duration EARLIER = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException when a date is out of its range
   */
  public Validity {
    from = from.truncatedTo(ChronoUnit.SECONDS);
    until = until.truncatedTo(ChronoUnit.SECONDS);
    if (from.isBefore(START) || !until.isBefore(END)) {
      throw new IllegalArgumentException(
          "validity must lie within 1950 to 2049, not %s to %s".formatted(from, until));
    }
    if (!until.isAfter(from)) {
      throw new IllegalArgumentException(
          "validity must end after it begins, not %s to %s".formatted(from, until));
    }
  }

  /**
   * Returns that of a certificate that is made now: from yesterday on, lest boards whose clock is
   * behind refuse it, for a while or until the last day of 2049, whichever is first.
   *
   * @param period a day or more
   * @throws IdentityException when the clock says 2049 or later
   */
  public static Validity starting(Clock clock, Period period) {
    Instant now = clock.instant();
    if (!now.isBefore(LAST_DAY)) {
      throw new IdentityException(
          "this computer's clock says %s, and boards read no dates after 2049: set the clock"
              .formatted(now));
    }
    Instant base = now.isBefore(CLOCK_FLOOR) ? CLOCK_FLOOR : now;
    Instant end = base.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    return new Validity(now.minus(EARLIER), end.isBefore(LAST_DAY) ? end : LAST_DAY);
  }

  /**
   * Returns what of this lies within another one.
   *
   * @throws IllegalArgumentException when nothing does
   */
  Validity within(Instant start, Instant end) {
    return new Validity(from.isBefore(start) ? start : from, until.isAfter(end) ? end : until);
  }

  /** Returns the day of a moment, in UTC, as people write it. */
  public static String day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Instant midnight(int year, int month, int day) {
    return LocalDate.of(year, month, day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
