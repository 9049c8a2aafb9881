package io.wwep.conformance;

import java.time.Duration;

/** When to give a server up: it takes too long, or nothing comes from it any more. One thread. */
final class Endurance {

  private static final int DEAD_MAX = 5;

  private final Duration limit;
  private final long startNanos = System.nanoTime();
  private int dead;

  Endurance(Duration limit) {
    this.limit = limit;
  }

  /** What was not tried says nothing about the server. */
  void saw(CaseResult result) {
    if (result.isSkipped()) {
      return;
    }
    boolean answered =
        result.isPassed() || result.conversation().stream().anyMatch(Endurance::isBytes);
    dead = answered ? 0 : dead + 1;
  }

  private static boolean isBytes(String line) {
    return line.startsWith("came A") || line.startsWith("came X");
  }

  boolean isOver() {
    return dead >= DEAD_MAX || isLate();
  }

  private boolean isLate() {
    return System.nanoTime() - startNanos > limit.toNanos();
  }

  String reason() {
    return dead >= DEAD_MAX
        ? "the server has answered nothing in the %d cases before".formatted(DEAD_MAX)
        : "the time is up";
  }
}
