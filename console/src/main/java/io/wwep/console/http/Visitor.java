package io.wwep.console.http;

import java.net.InetSocketAddress;

/**
 * Who sends a request.
 *
 * @param role what it may do; null for somebody who has not logged in
 * @param session null where there is none, as with a token, or where nobody is asked
 * @param address from where
 * @param secure whether over TLS
 * @param credentials those that held when it was let in
 */
public record Visitor(
    Role role,
    Session session,
    InetSocketAddress address,
    boolean secure,
    Credentials credentials) {

  /** Returns the token that changing requests have to carry; null where none is needed. */
  public String csrf() {
    return session == null ? null : session.csrf();
  }
}
