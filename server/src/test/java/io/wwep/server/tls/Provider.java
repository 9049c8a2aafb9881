package io.wwep.server.tls;

import io.wwep.certs.Identity;
import java.security.Security;
import javax.net.ssl.SSLException;

/** The two implementations of TLS. */
enum Provider {
  BORINGSSL,
  JDK;

  TlsContext context(Identity identity) throws SSLException {
    return context(identity, TlsSettings.DEFAULT);
  }

  TlsContext context(Identity identity, TlsSettings settings) throws SSLException {
    return this == JDK
        ? JdkTlsContext.of(identity, settings)
        : BoringSslContext.of(identity, settings);
  }

  /** Whether it can do what a profile says on this JDK: newer ones have RSA key exchange off. */
  boolean can(TlsProfile profile) {
    return this != JDK
        || !profile.takesRsaKeyExchange()
        || !Security.getProperty("jdk.tls.disabledAlgorithms").contains("TLS_RSA_");
  }
}
