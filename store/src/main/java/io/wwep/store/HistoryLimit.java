package io.wwep.store;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much history is kept; what is older is removed in small steps. The current value of a
 * register is kept whatever its age.
 *
 * @param ageMillisMax oldest write to keep, in milliseconds; {@link Long#MAX_VALUE} for no bound
 * @param rowsMax most writes to keep; {@link Long#MAX_VALUE} for no bound
 */
public record HistoryLimit(long ageMillisMax, long rowsMax) {

  /** Ninety days. */
  public static final HistoryLimit DEFAULT =
      new HistoryLimit(Duration.ofDays(90).toMillis(), Long.MAX_VALUE);

  private static final Pattern FORM = Pattern.compile("(\\d+)\\s*([dhms]|rows?)");

  private static final int DIGITS_MAX = 9;

  /**
   * @throws IllegalArgumentException when a bound is negative
   */
  public HistoryLimit {
    if (ageMillisMax < 0 || rowsMax < 0) {
      throw new IllegalArgumentException(
          "history bounds must not be negative: %d ms, %d rows".formatted(ageMillisMax, rowsMax));
    }
  }

  /**
   * Returns the limit that {@code text} means: {@code 90d}, {@code 12h}, {@code 30m}, {@code 45s},
   * or {@code 1000000rows}; numbers are 0 to 999,999,999.
   *
   * @throws IllegalArgumentException for any other text; the message shows the forms, or the range
   */
  public static HistoryLimit parse(String text) {
    Matcher match = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is neither an age nor a number of rows: write 90d, 12h, 30m, 45s or 1000000rows"
              .formatted(text));
    }
    long number = number(match.group(1), text);
    return switch (match.group(2)) {
      case "d" -> age(Duration.ofDays(number));
      case "h" -> age(Duration.ofHours(number));
      case "m" -> age(Duration.ofMinutes(number));
      case "s" -> age(Duration.ofSeconds(number));
      default -> new HistoryLimit(Long.MAX_VALUE, number);
    };
  }

  private static long number(String digits, String text) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > DIGITS_MAX) {
      throw new IllegalArgumentException(
          "'%s' is beyond every history: write a number from 0 to 999999999, as in 90d, 12h, 30m, 45s or 1000000rows"
              .formatted(text));
    }
    return Long.parseLong(significant);
  }

  private static HistoryLimit age(Duration duration) {
    return new HistoryLimit(duration.toMillis(), Long.MAX_VALUE);
  }
}
