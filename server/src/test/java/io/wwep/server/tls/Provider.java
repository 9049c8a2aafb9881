package io.wwep.server.tls;

import io.wwep.certs.Identity;
import javax.net.ssl.SSLException;

/** The two implementations of TLS. */
enum Provider {
  BORINGSSL,
  JDK;

  TlsContext context(Identity identity) throws SSLException {
    return this == JDK
        ? JdkTlsContext.of(identity, TlsContexts.CIPHER_SUITES)
        : BoringSslContext.of(identity, TlsContexts.CIPHER_SUITES);
  }
}
