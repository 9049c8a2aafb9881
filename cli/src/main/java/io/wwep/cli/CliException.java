package io.wwep.cli;

/** A command cannot go on. The message is a sentence for people that ends with the cure. */
final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
