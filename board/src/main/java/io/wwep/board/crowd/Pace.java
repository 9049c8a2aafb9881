package io.wwep.board.crowd;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How often each board presses which button, and for how long.
 *
 * @param buttons pressed in turn: one or more of 0 and 1
 * @param periodNanos from one press to the next, 1 ms to an hour; a board that has to wait longer
 *     for its reply presses again then, and does not catch up
 * @param messages of each board at most, 1 or more
 * @param duration after which none begins
 */
public record Pace(List<Integer> buttons, long periodNanos, int messages, Duration duration) {

  private static final long PERIOD_NANOS_MIN = 1_000_000L;
  private static final long PERIOD_NANOS_MAX = Duration.ofHours(1).toNanos();

  /**
   * @throws IllegalArgumentException when something is out of its range
   */
  public Pace {
    buttons = List.copyOf(buttons);
    Objects.requireNonNull(duration, "duration");
    require(!buttons.isEmpty(), "buttons must be one or more", buttons);
    require(
        periodNanos >= PERIOD_NANOS_MIN && periodNanos <= PERIOD_NANOS_MAX,
        "periodNanos must be 1 ms to 1 h",
        periodNanos);
    require(messages >= 1, "messages must be 1 or more", messages);
    require(!duration.isZero() && !duration.isNegative(), "duration must be positive", duration);
  }

  private static void require(boolean holds, String what, Object given) {
    if (!holds) {
      throw new IllegalArgumentException("%s, not %s".formatted(what, given));
    }
  }
}
