package io.wwep.board.steps;

import java.time.Duration;

/** Tells of steps one after the other, and rests between them. Owned by one thread. */
final class Telling {

  private final StepListener listener;
  private final long pauseMillis;
  private boolean first = true;
  private long begun;

  Telling(StepListener listener, Duration pause) {
    this.listener = listener;
    pauseMillis = pause.toMillis();
  }

  /** Says that a step begins, behind the pause. */
  void begin(StepKind kind) throws InterruptedException {
    if (!first) {
      Thread.sleep(pauseMillis);
    }
    first = false;
    listener.begins(kind);
    begun = System.nanoTime();
  }

  /** Returns how long the step has taken by now. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  void over(Step step) {
    listener.over(step);
  }
}
