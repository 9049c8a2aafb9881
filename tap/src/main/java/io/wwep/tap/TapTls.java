package io.wwep.tap;

import io.wwep.certs.CertificateAuthority;
import io.wwep.client.ClientIdentity;
import io.wwep.client.Trust;
import java.util.Objects;

/**
 * How a tap speaks TLS on both sides. Immutable.
 *
 * @param trust which server it believes
 * @param identity who it is for a server that asks; null for nobody
 * @param authority who signs the certificates that boards are shown; null for a CA that is made for
 *     this tap alone, and that no board knows
 */
public record TapTls(Trust trust, ClientIdentity identity, CertificateAuthority authority) {

  public TapTls {
    Objects.requireNonNull(trust, "trust");
  }
}
