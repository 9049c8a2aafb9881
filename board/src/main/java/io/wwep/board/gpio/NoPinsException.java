package io.wwep.board.gpio;

/** This machine gives no pins. The message is a sentence with cause and cure. */
public final class NoPinsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoPinsException(String message, Throwable cause) {
    super(message, cause);
  }
}
