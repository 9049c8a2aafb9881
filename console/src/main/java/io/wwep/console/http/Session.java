package io.wwep.console.http;

/**
 * A browser that has logged in. Used by the HTTP event loop alone.
 *
 * <p>Its ID, 256 random bits, is the cookie; the CSRF token, as many, is what a foreign page cannot
 * know and has to be sent with each change.
 */
public final class Session {

  private final String id;
  private final String csrf;
  private final Role role;
  private final Credentials credentials;
  private final long begunNanos;
  private long usedNanos;

  /**
   * @param credentials what it logged in with; when other ones hold, it is over
   */
  Session(String id, String csrf, Role role, Credentials credentials, long nowNanos) {
    this.id = id;
    this.csrf = csrf;
    this.role = role;
    this.credentials = credentials;
    begunNanos = nowNanos;
    usedNanos = nowNanos;
  }

  String id() {
    return id;
  }

  String csrf() {
    return csrf;
  }

  Role role() {
    return role;
  }

  Credentials credentials() {
    return credentials;
  }

  void use(long nowNanos) {
    usedNanos = nowNanos;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - begunNanos;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - usedNanos;
  }
}
