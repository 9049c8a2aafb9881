package io.wwep.server.tls;

import io.wwep.certs.ClientTrust;

/**
 * On which terms clients are let in over TLS.
 *
 * @param auth whether they are asked for a certificate
 * @param trust whose certificates are accepted; null exactly where they are not asked
 */
public record ClientTerms(ClientAuth auth, ClientTrust trust) {

  /** Clients are not asked for a certificate. */
  public static final ClientTerms NONE = new ClientTerms(ClientAuth.NONE, null);

  /**
   * @throws IllegalArgumentException when clients are asked and nobody is trusted, or the other way
   */
  public ClientTerms {
    if ((auth == ClientAuth.NONE) != (trust == null)) {
      throw new IllegalArgumentException(
          "CAs of clients must be given exactly when clients are asked, not %s with %s"
              .formatted(auth, trust == null ? "none" : "some"));
    }
  }

  /** Whether clients are asked for a certificate. */
  public boolean areAsked() {
    return auth != ClientAuth.NONE;
  }
}
