package io.wwep.tap;

/** A tap cannot start. The message is one sentence with cause and cure. */
public final class TapException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TapException(String message, Throwable cause) {
    super(message, cause);
  }
}
