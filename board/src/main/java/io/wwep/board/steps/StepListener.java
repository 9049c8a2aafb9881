package io.wwep.board.steps;

/** Is told of each step, on the thread that made the connection. */
public interface StepListener {

  /** A step begins. */
  void begins(StepKind kind);

  /** A step is over; the next begins behind the pause. */
  void over(Step step);
}
