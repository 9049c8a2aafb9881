package io.wwep.console.feed;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as the console writes them: ISO 8601, UTC, with milliseconds. */
public final class Times {

  private static final int FRACTION_DIGITS = 3;
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(FRACTION_DIGITS).toFormatter();

  private Times() {}

  /** Returns a time as text; null for null. */
  public static String text(Instant time) {
    return time == null ? null : FORMAT.format(time);
  }
}
