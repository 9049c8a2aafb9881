package io.wwep.console.api;

import io.wwep.console.rest.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Moments in requests. */
final class Times {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  /** Returns a moment in the query that may be left out, in milliseconds since 1970. */
  static Parameter<Long> parameter(String name, String about) {
    return Parameter.query(name, about, Shapes.TIME, Times::millis, null);
  }

  private static long millis(String text) {
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
