package io.wwep.cli;

import io.wwep.board.steps.SlowMotion;
import io.wwep.server.Timeouts;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Times as people write them, {@code 150ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 250}, each
 * checked against its range.
 */
abstract class Durations implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("(\\d+)\\s*(ms|s|m|h)?");

  /** Beyond every range in every unit, and small enough for arithmetic. */
  private static final BigInteger NUMBER_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

  private final Duration min;
  private final Duration max;
  private final String range;
  private final String cure;

  private Durations(Duration max, String range, String cure) {
    this(Duration.ofMillis(1), max, range, cure);
  }

  private Durations(Duration min, Duration max, String range, String cure) {
    this.min = min;
    this.max = max;
    this.range = range;
    this.cure = cure;
  }

  @Override
  public final Duration convert(String text) {
    Matcher match = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException(
          "takes a whole number with ms, s, m or h, as in 150ms, 10s or 5m, not '%s'"
              .formatted(text));
    }
    Duration time = time(match);
    if (time.compareTo(min) < 0 || time.compareTo(max) > 0) {
      throw new TypeConversionException("takes %s, not '%s'%s".formatted(range, text, cure));
    }
    return time;
  }

  private static Duration time(Matcher match) {
    long number = new BigInteger(match.group(1)).min(NUMBER_MAX).longValueExact();
    return switch (match.group(2) == null ? "ms" : match.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofMillis(number);
    };
  }

  /** Returns a time as people write it, in the largest unit in which it is a whole number. */
  static String text(Duration time) {
    long millis = time.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }

  /** How long a server's connection may do nothing. */
  static class OfConnection extends Durations {
    OfConnection() {
      this("");
    }

    private OfConnection(String cure) {
      super(Duration.ofMillis(Timeouts.MILLIS_MAX), "a time from 1ms to 24h", cure);
    }
  }

  /** How long a server's connection stays open after a reply. */
  static final class OfLinger extends OfConnection {
    OfLinger() {
      super("; to close right after the first reply, use --one-shot");
    }
  }

  /** How long a reply may take. */
  static final class OfReply extends Durations {
    OfReply() {
      super(Duration.ofMinutes(10), "a time from 1ms to 10m", "");
    }
  }

  /** How long to rest between two steps of a connection. */
  static final class OfPause extends Durations {
    OfPause() {
      super(
          Duration.ZERO,
          SlowMotion.PAUSE_MAX,
          "a time from 0 to %ds".formatted(SlowMotion.PAUSE_MAX.toSeconds()),
          ": a server waits no longer for the first byte");
    }
  }

  /** How long a load takes. */
  static final class OfLoad extends Durations {
    OfLoad() {
      super(Duration.ofHours(24), "a time from 1ms to 24h", "");
    }
  }
}
