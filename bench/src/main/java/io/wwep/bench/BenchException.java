package io.wwep.bench;

/** A load that could not be started; the message says why, and what to do. */
public final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of reason there is. */
  public enum Kind {
    /** What was asked for is not done: a range, a server that is not this machine's. */
    REFUSED,
    /** There is no server, or none that answers. */
    UNREACHABLE,
    /** TLS: the server is not trusted. */
    NOT_TRUSTED,
    /** TLS: the server does not admit this client. */
    NOT_ADMITTED,
    /** It was stopped before anything was measured. */
    STOPPED
  }

  private final Kind kind;

  BenchException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  BenchException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Returns what kind of reason there is. */
  public Kind kind() {
    return kind;
  }
}
