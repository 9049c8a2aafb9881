package io.wwep.client;

import java.time.Instant;

/**
 * What a TLS handshake agreed on.
 *
 * @param version as in {@code TLSv1.3}
 * @param cipherSuite as in {@code TLS_AES_256_GCM_SHA384}
 * @param fingerprint SHA-256 of the server's certificate: 32 pairs of hex digits with colons
 *     between
 * @param expires when the server's certificate does
 * @param clientCertificate whether the client's certificate was asked for and shown
 */
public record TlsDetails(
    String version,
    String cipherSuite,
    String fingerprint,
    Instant expires,
    ClientCertificate clientCertificate) {

  /** What became of the client's certificate. */
  public enum ClientCertificate {
    /** The server asked for none, or resumed a session to which none belongs. */
    NOT_ASKED,
    /** The server asked, and there was none that it could take. */
    NOT_SHOWN,
    /** The server got it, now or with the session that was resumed. */
    SHOWN
  }
}
