package io.wwep.console;

/** A console cannot be started; the message names cause and cure. */
public final class ConsoleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConsoleException(String message, Throwable cause) {
    super(message, cause);
  }
}
