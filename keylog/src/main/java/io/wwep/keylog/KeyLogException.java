package io.wwep.keylog;

/** Keys cannot be written down as was asked. The message is a sentence that ends with the cure. */
public final class KeyLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyLogException(String message) {
    super(message);
  }

  KeyLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
