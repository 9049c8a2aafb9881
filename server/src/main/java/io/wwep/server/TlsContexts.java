package io.wwep.server;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The TLS engine of each identity, and the choice between them. Immutable; used by all loops.
 *
 * <p>Versions 1.2 and 1.3; forward secrecy always. The CBC suites are for boards whose stacks know
 * neither GCM nor ChaCha20.
 */
final class TlsContexts implements AutoCloseable {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private static final List<String> CIPHER_SUITES =
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

  private final SslContext ec;
  private final SslContext rsa;

  private TlsContexts(SslContext ec, SslContext rsa) {
    this.ec = ec;
    this.rsa = rsa;
  }

  /**
   * @throws ServerException when the TLS engine does not take an identity
   */
  static TlsContexts of(ServerIdentity identity) {
    return new TlsContexts(context(identity.ec()), context(identity.rsa()));
  }

  private static SslContext context(Identity identity) {
    if (identity == null) {
      return null;
    }
    try {
      X509Certificate[] chain = identity.chain().toArray(new X509Certificate[0]);
      return SslContextBuilder.forServer(identity.key(), chain)
          .sslProvider(provider())
          .protocols(PROTOCOLS)
          .ciphers(CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE)
          .build();
    } catch (SSLException | IllegalArgumentException refused) {
      throw new ServerException(
          "TLS cannot be served with this certificate and key (%s): give an RSA or EC P-256 pair, or leave out --cert and --key"
              .formatted(refused.getMessage()),
          refused);
    }
  }

  private static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  /** Returns the name of the TLS implementation for people. */
  static String providerWords() {
    return OpenSsl.isAvailable() ? OpenSsl.versionString() : "the JDK's TLS";
  }

  /**
   * Returns the engine for a client.
   *
   * @param hello what the client offers, or null when that is unknown
   */
  SslContext contextFor(ClientHello hello) {
    if (ec == null || rsa == null) {
      return ec == null ? rsa : ec;
    }
    return hello == null || hello.canTakeEc() ? ec : rsa;
  }

  @Override
  public void close() {
    ReferenceCountUtil.release(ec);
    ReferenceCountUtil.release(rsa);
  }
}
