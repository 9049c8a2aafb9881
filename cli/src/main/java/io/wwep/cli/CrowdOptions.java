package io.wwep.cli;

import io.wwep.board.crowd.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many boards there are, and what they do without a script. */
@Command(sortOptions = false)
final class CrowdOptions {

  private static final Duration DURATION = Duration.ofMinutes(1);
  private static final Duration DURATION_MAX = Duration.ofHours(24);

  /** Which buttons are pressed. */
  enum Buttons {
    PLAIN,
    TLS,
    BOTH;

    boolean useTls() {
      return this != PLAIN;
    }

    private List<Integer> numbers() {
      return switch (this) {
        case PLAIN -> List.of(0);
        case TLS -> List.of(1);
        case BOTH -> List.of(0, 1);
      };
    }
  }

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Numbers.Boards.class,
      description = "Be N boards at once, 1 to 1000, no two with the same device ID.")
  Integer count;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = Rate.class,
      description = "With --count: presses a second of each board, 0.001 to 1000 (1).")
  Double rate;

  @Option(
      names = "--messages",
      paramLabel = "N",
      converter = Numbers.Messages.class,
      description = "With --count: end after N messages of each board.")
  Integer messages;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.OfLoad.class,
      description = "With --count: end after this time (1m; with --messages 24h).")
  Duration duration;

  @Option(
      names = "--over",
      paramLabel = "PORT",
      converter = Words.OfButtons.class,
      completionCandidates = Words.OfButtons.class,
      description =
          "With --count: press button 0 (plain), button 1 (tls), or both in turn (plain).")
  Buttons over;

  @Option(
      names = "--json",
      description =
          "With --count: one JSON object at the end instead of lines. With --steps: one for each step.")
  boolean json;

  boolean isGiven() {
    return count != null;
  }

  Buttons buttons() {
    return over == null ? Buttons.PLAIN : over;
  }

  /** Returns presses a second of each board. */
  double ratePerSecond() {
    return rate == null ? 1 : rate;
  }

  /** Returns the time after which no board begins a message. */
  Duration end() {
    return duration != null ? duration : messages != null ? DURATION_MAX : DURATION;
  }

  Pace pace() {
    return new Pace(
        buttons().numbers(),
        Math.round(TimeUnit.SECONDS.toNanos(1) / ratePerSecond()),
        messages == null ? Integer.MAX_VALUE : messages,
        end());
  }

  /**
   * @param scripted whether boards play a script
   * @param slow whether there is one in slow motion
   * @throws CliException when an option has no meaning with the others
   */
  void requireSense(boolean scripted, boolean slow) {
    requireSense("--rate", rate != null, scripted);
    requireSense("--messages", messages != null, scripted);
    requireSense("--duration", duration != null, scripted);
    requireSense("--over", over != null, scripted);
    requireSense("--json", json && !slow, scripted);
  }

  private void requireSense(String option, boolean given, boolean scripted) {
    if (given && scripted) {
      throw new CliException(
          "%s goes without --script, which says itself what boards do: leave one of them out"
              .formatted(option));
    }
    if (given && count == null) {
      throw new CliException("%s goes with --count: add it, or leave it out".formatted(option));
    }
  }

  /** Presses a second, which may be fewer than one. */
  static final class Rate implements ITypeConverter<Double> {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?");

    @Override
    public Double convert(String text) {
      double number =
          DECIMAL.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : 0;
      if (number < 0.001 || number > 1_000) {
        throw new TypeConversionException(
            "takes a number from 0.001 to 1000, not '%s'".formatted(text));
      }
      return number;
    }
  }
}
