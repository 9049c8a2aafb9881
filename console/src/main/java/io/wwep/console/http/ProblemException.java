package io.wwep.console.http;

/** Ends the handling of a request with a problem. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // Thrown for what peers send: no stack trace is made.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Returns what to answer. */
  public Problem problem() {
    return problem;
  }
}
