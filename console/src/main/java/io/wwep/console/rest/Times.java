package io.wwep.console.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as the console writes and reads them: ISO 8601, written in UTC with milliseconds. Beyond
 * the year 9999 they have a sign in front, as that has it.
 */
public final class Times {

  private static final int FRACTION_DIGITS = 3;
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(FRACTION_DIGITS).toFormatter();

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  /** Returns a time as text; null for null. */
  public static String text(Instant time) {
    return time == null ? null : FORMAT.format(time);
  }

  /** Returns a time in milliseconds since 1970 as text. */
  public static String text(long millis) {
    return text(Instant.ofEpochMilli(millis));
  }

  /**
   * Returns the moment that a text names, in milliseconds since 1970.
   *
   * @throws IllegalArgumentException when it names none, or one before 1970 or after 9999; the
   *     message goes on behind a name
   */
  public static long parse(String text) {
    try {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      if (!moment.isBefore(Instant.EPOCH) && !moment.isAfter(LAST)) {
        return moment.toEpochMilli();
      }
    } catch (DateTimeException e) {
      // Told below, with those out of the range.
    }
    throw new IllegalArgumentException(
        "must be a moment from 1970 to 9999, as in 2026-11-25T18:30:00Z");
  }
}
