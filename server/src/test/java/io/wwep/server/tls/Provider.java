package io.wwep.server.tls;

import io.wwep.certs.Identity;
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
}
