package io.wwep.cli;

/** A server has not told what it was asked for; the message is cause and cure. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;
  private final int exitCode;

  /**
   * @param error a stable word for programs
   */
  Unanswered(String error, String reason, int exitCode) {
    super(reason);
    this.error = error;
    this.exitCode = exitCode;
  }

  String error() {
    return error;
  }

  int exitCode() {
    return exitCode;
  }

  /** Prints it, also as JSON if that is asked for, and returns the exit code. */
  int tell(Console console, boolean json) {
    Json object = json ? new Json().put("result", "none").put("error", error) : null;
    return console.fail(object, getMessage(), exitCode);
  }
}
