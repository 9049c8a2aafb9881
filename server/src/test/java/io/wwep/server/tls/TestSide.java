package io.wwep.server.tls;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.time.Instant;
import java.util.List;

/** A server that has two certificates for wwep.lab and nothing else out of the ordinary. */
final class TestSide {

  private static final Identity EC = identity(KeyAlgorithm.EC_P256);
  private static final Identity RSA = identity(KeyAlgorithm.RSA_2048);

  private TestSide() {}

  private static Identity identity(KeyAlgorithm algorithm) {
    return Identities.selfSigned(
        algorithm,
        "wwep.lab",
        List.of("wwep.lab"),
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));
  }

  static ServerSide of(ClientHello hello) {
    return of(hello, TlsProfile.BOARD);
  }

  static ServerSide of(ClientHello hello, TlsProfile profile) {
    boolean ec = hello == null || hello.canTakeEc();
    return new ServerSide(new TlsSettings(profile, ClientTerms.NONE), ec ? EC : RSA, true, null);
  }
}
