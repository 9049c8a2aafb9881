package io.wwep.certs;

/**
 * A client's certificate is not accepted. The message is one sentence with cause and cure, for the
 * person whose board showed it.
 */
public final class ClientRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, as far as a TLS alert can tell the client. */
  public enum Reason {
    /** Nobody who is trusted has signed it. */
    UNKNOWN_CA,
    /** It is over, or has not begun. */
    NOT_VALID_NOW,
    /** It, or one that signed it, was withdrawn, or whether it was is not known any more. */
    REVOKED,
    /** It is for something else than a client. */
    WRONG_PURPOSE,
    /** Its key or a signature is too weak, or a signature is wrong, or it cannot be read. */
    BAD
  }

  private final Reason reason;

  ClientRefusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns what a TLS alert can tell. */
  public Reason reason() {
    return reason;
  }
}
