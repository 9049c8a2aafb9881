package io.wwep.console.http;

/** A file of passwords or tokens cannot be used; the message names cause and cure. */
public final class CredentialsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }

  CredentialsException(String message) {
    super(message);
  }
}
