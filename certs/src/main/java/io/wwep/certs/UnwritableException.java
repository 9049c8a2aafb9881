package io.wwep.certs;

/** A file or directory cannot be written, or something is there already that stays. */
public final class UnwritableException extends IdentityException {

  private static final long serialVersionUID = 1L;

  UnwritableException(String message) {
    super(message);
  }

  UnwritableException(String message, Throwable cause) {
    super(message, cause);
  }
}
