package io.wwep.client;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What a TLS server showed of itself. Nothing of it has been verified.
 *
 * @param certificates as they came, the server's own first; at least one, at most ten
 * @param version of TLS, as in {@code TLSv1.3}
 * @param cipherSuite as in {@code TLS_AES_256_GCM_SHA384}
 * @param clientIssuers present when the server asked for a client certificate: of whom it takes
 *     one, at most 64; none means of anybody
 * @param failure why the handshake failed behind the certificates, as the TLS stack says it; empty
 *     when it did not
 */
public record ShownChain(
    List<X509Certificate> certificates,
    String version,
    String cipherSuite,
    Optional<List<X500Principal>> clientIssuers,
    Optional<String> failure) {

  /**
   * @throws IllegalArgumentException when there is no certificate
   */
  public ShownChain {
    certificates = List.copyOf(certificates);
    clientIssuers = clientIssuers.map(List::copyOf);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("certificates must be one or more");
    }
  }
}
