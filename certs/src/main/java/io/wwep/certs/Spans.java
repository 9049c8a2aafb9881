package io.wwep.certs;

import java.time.Duration;
import java.time.Instant;

/** How far away a moment is, in words. */
public final class Spans {

  private static final int DAYS_OF_TWO_YEARS = 730;
  private static final double DAYS_OF_A_YEAR = 365.25;

  private Spans() {}

  /** Returns {@code in 40 days}, {@code in about 10 years} or {@code 3 hours ago}. */
  public static String from(Instant now, Instant moment) {
    boolean ahead = moment.isAfter(now);
    String words = words(Duration.between(now, moment).abs());
    return ahead ? "in " + words : words + " ago";
  }

  private static String words(Duration span) {
    long days = span.toDays();
    if (days >= DAYS_OF_TWO_YEARS) {
      return "about %d years".formatted(Math.round(days / DAYS_OF_A_YEAR));
    }
    long hours = span.toHours();
    if (days > 1) {
      return days + " days";
    }
    return hours > 1 ? hours + " hours" : hours == 1 ? "1 hour" : "less than an hour";
  }
}
