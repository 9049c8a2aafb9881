package io.wwep.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Local times with milliseconds, for many lines in the same second: what is before the point is
 * formatted once a second, since a formatter takes longer than all the rest of a line.
 *
 * <p>One thread.
 */
final class Timestamps {

  private final DateTimeFormatter seconds;
  private long second = Long.MIN_VALUE;
  private String text = "";

  /**
   * @param pattern of {@link DateTimeFormatter}, down to the second
   */
  Timestamps(String pattern) {
    seconds = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  String format(Instant time) {
    if (time.getEpochSecond() != second) {
      second = time.getEpochSecond();
      text = seconds.format(time) + '.';
    }
    int millis = time.getNano() / 1_000_000;
    return text + (millis < 10 ? "00" : millis < 100 ? "0" : "") + millis;
  }
}
