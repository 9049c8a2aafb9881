package io.wwep.conformance;

import io.wwep.conformance.cases.Case;
import io.wwep.conformance.wire.Devices;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What became of one case. Immutable.
 *
 * @param tried the case
 * @param verdict whether the server did what it should
 * @param sent all that was sent, for people, in one line that is cut where it gets long
 * @param expected what should have come in place of what differed; empty unless it failed
 * @param came what differed, or all that came when nothing did
 * @param elapsed how long the whole case took
 * @param reason why it failed or was left out, as a clause without a full stop; empty otherwise
 * @param cure what to do to the server, as a clause without a full stop; empty unless it failed
 * @param conversation what happened, a line for each event
 */
public record CaseResult(
    Case tried,
    Verdict verdict,
    String sent,
    String expected,
    String came,
    Duration elapsed,
    String reason,
    String cure,
    List<String> conversation) {

  /** What became of it. */
  public enum Verdict {
    /** The server did what it should. */
    PASSED,
    /** The server did something else. */
    FAILED,
    /** It was not tried. */
    SKIPPED;

    /** Returns the name as people and programs read it: {@code passed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static CaseResult skipped(Case left, String reason) {
    return new CaseResult(left, Verdict.SKIPPED, "", "", "", Duration.ZERO, reason, "", List.of());
  }

  /** Whether the server did what it should. */
  public boolean isPassed() {
    return verdict == Verdict.PASSED;
  }

  /** Whether the server did something else than it should. */
  public boolean isFailed() {
    return verdict == Verdict.FAILED;
  }

  /** Whether it was not tried. */
  public boolean isSkipped() {
    return verdict == Verdict.SKIPPED;
  }

  /** Whether it was not tried for lack of a device that nobody wrote to. */
  public boolean lacksDevice() {
    return isSkipped() && reason.equals(Devices.NONE_LEFT);
  }

  /** Returns all of it in one text, as a test's failure shows it. */
  @Override
  public String toString() {
    String head = "%s: %s".formatted(tried, verdict.word());
    return isFailed()
        ? "%s: expected %s, but came %s (%s): %s%n  %s"
            .formatted(
                head, expected, came, reason, cure, String.join("%n  ".formatted(), conversation))
        : isPassed() ? head : "%s: %s".formatted(head, reason);
  }
}
