package io.wwep.console.feed;

import io.wwep.protocol.RejectCode;
import java.time.Instant;

/**
 * What goes wrong for a board at one door: how often in a row, and what last. Guarded by the lock
 * of {@link Boards}.
 */
final class Trouble {

  /** Who has succeeded once may fail now and then, on purpose even. */
  private static final int FAILURES_OF_THE_ABLE_MIN = 3;

  private int failures;
  private boolean able;
  private FeedEvent last;

  void succeeded() {
    able = true;
    failures = 0;
    last = null;
  }

  void failed(FeedEvent event) {
    // A read of what nobody wrote is answered X, and is a legal message all the same.
    able |= event.code() == RejectCode.NOT_WRITTEN;
    failures++;
    last = event;
  }

  /** Whether somebody should look at the board. */
  boolean isStuck() {
    return failures >= (able ? FAILURES_OF_THE_ABLE_MIN : 1);
  }

  /** Returns when it went wrong last. */
  Instant time() {
    return last.time();
  }

  /** Returns what to do next. */
  String why() {
    RejectCode code = last.code();
    if (code == null) {
      return able
          ? "the last %d times something went wrong: %s".formatted(failures, last.sentence())
          : last.sentence();
    }
    if (code == RejectCode.TLS_FAILED) {
      return "TLS fails: " + last.sentence();
    }
    return able
        ? "the last %d messages were answered X (%s): %s"
            .formatted(failures, code.word(), last.sentence())
        : "no message of it was legal yet (%s): %s".formatted(code.word(), last.sentence());
  }

  void merge(Trouble other) {
    able |= other.able;
    failures += other.failures;
    if (last == null || (other.last != null && other.last.id() > last.id())) {
      last = other.last;
    }
  }
}
