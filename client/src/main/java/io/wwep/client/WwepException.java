package io.wwep.client;

import java.util.Optional;

/**
 * Why a request has no value. Each kind is a class of its own, so that a caller can tell them
 * apart; each message is one sentence with the cause, the server's {@code host:port} and the cure.
 */
public abstract sealed class WwepException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveTakenEffect;

  private WwepException(String message, Throwable cause, boolean mayHaveTakenEffect) {
    super(message, cause);
    this.mayHaveTakenEffect = mayHaveTakenEffect;
  }

  /**
   * Whether the request was a write that the server may have stored all the same. When false,
   * nothing was stored and the write can be repeated safely.
   */
  public boolean mayHaveTakenEffect() {
    return mayHaveTakenEffect;
  }

  /** The server answered a write with {@code X}: it stored nothing. */
  public static final class Rejected extends WwepException {

    private static final long serialVersionUID = 1L;

    private final String explanation;

    Rejected(String message, String explanation) {
      super(message, null, false);
      this.explanation = explanation;
    }

    /** Returns the code that a server started with {@code --explain} sends, or an empty text. */
    public String explanation() {
      return explanation;
    }
  }

  /**
   * No complete reply came in time, or there was no room to send the request in time, or the thread
   * that asked was interrupted, in which case its flag is set again.
   */
  public static final class TimedOut extends WwepException {

    private static final long serialVersionUID = 1L;

    TimedOut(String message, boolean mayHaveTakenEffect) {
      super(message, null, mayHaveTakenEffect);
    }
  }

  /** No connection could be made, or it ended before a read was answered. */
  public static final class Unreachable extends WwepException {

    private static final long serialVersionUID = 1L;

    Unreachable(String message, Throwable cause) {
      super(message, cause, false);
    }
  }

  /** TLS: the server's certificate is not one that the client was told to trust. */
  public static final class NotTrusted extends WwepException {

    private static final long serialVersionUID = 1L;

    private final String fingerprint;

    NotTrusted(String message, Throwable cause, String fingerprint) {
      super(message, cause, false);
      this.fingerprint = fingerprint;
    }

    /**
     * Returns the SHA-256 fingerprint of the certificate that the server showed, as 32 pairs of hex
     * digits with colons between, or empty when it showed none. It may be an impostor's: pin it
     * only when the server printed the same at its start.
     */
    public Optional<String> fingerprint() {
      return Optional.ofNullable(fingerprint);
    }
  }

  /**
   * TLS: the server wants a certificate of the client and got none, or refuses the one it got. It
   * has taken no request of this connection.
   */
  public static final class NotAdmitted extends WwepException {

    private static final long serialVersionUID = 1L;

    NotAdmitted(String message, Throwable cause) {
      super(message, cause, false);
    }
  }

  /**
   * The connection broke after a write was handed to it and before the answer came: the server may
   * or may not have stored the value. The client never repeats such a write by itself.
   */
  public static final class OutcomeUnknown extends WwepException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknown(String message, Throwable cause) {
      super(message, cause, true);
    }
  }

  /** The peer answered something that no WWEP server sends. */
  public static final class NotWwep extends WwepException {

    private static final long serialVersionUID = 1L;

    NotWwep(String message, Throwable cause, boolean mayHaveTakenEffect) {
      super(message, cause, mayHaveTakenEffect);
    }
  }
}
