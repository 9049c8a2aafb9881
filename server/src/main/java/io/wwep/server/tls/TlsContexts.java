package io.wwep.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS with each identity, and the choice between them. Immutable; used by all loops.
 *
 * <p>Versions 1.2 and 1.3; forward secrecy always. The CBC suites are for boards whose stacks know
 * neither GCM nor ChaCha20.
 */
public final class TlsContexts implements AutoCloseable {

  static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

  private final TlsContext ec;
  private final TlsContext rsa;

  private TlsContexts(TlsContext ec, TlsContext rsa) {
    this.ec = ec;
    this.rsa = rsa;
  }

  /**
   * Makes them.
   *
   * @throws SSLException when the TLS implementation does not take an identity
   */
  public static TlsContexts of(ServerIdentity identity) throws SSLException {
    return new TlsContexts(context(identity.ec()), context(identity.rsa()));
  }

  private static TlsContext context(Identity identity) throws SSLException {
    if (identity == null) {
      return null;
    }
    return BoringSsl.isAvailable()
        ? BoringSslContext.of(identity, CIPHER_SUITES)
        : JdkTlsContext.of(identity, CIPHER_SUITES);
  }

  /** Returns the name of the TLS implementation for people. */
  public static String providerWords() {
    return BoringSsl.isAvailable() ? BoringSsl.words() : "the JDK";
  }

  /**
   * Returns what encrypts a new connection.
   *
   * @param hello what the client offers, or null when that is unknown
   */
  public TlsLayer newLayer(ClientHello hello, ByteBufAllocator buffers) {
    return contextFor(hello).newLayer(buffers);
  }

  private TlsContext contextFor(ClientHello hello) {
    if (ec == null || rsa == null) {
      return ec == null ? rsa : ec;
    }
    return hello == null || hello.canTakeEc() ? ec : rsa;
  }

  /** Gives back native memory; every connection must be closed before. */
  @Override
  public void close() {
    for (TlsContext each : new TlsContext[] {ec, rsa}) {
      if (each != null) {
        each.close();
      }
    }
  }
}
