package io.wwep.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS with each identity, and the choice between them. Used by all loops; any thread may show
 * another identity, which new connections get from then on.
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

  private Shown shown;

  private TlsContexts(Shown shown) {
    this.shown = shown;
  }

  /**
   * Makes them.
   *
   * @throws SSLException when the TLS implementation does not take an identity
   */
  public static TlsContexts of(ServerIdentity identity) throws SSLException {
    return new TlsContexts(Shown.of(identity));
  }

  /**
   * Shows another identity to new connections. Those that are there keep theirs; what they left
   * behind for resumption is forgotten with it.
   *
   * @throws SSLException when the TLS implementation does not take it; the one before stays
   */
  public void show(ServerIdentity identity) throws SSLException {
    Shown next = Shown.of(identity);
    Shown before;
    synchronized (this) {
      before = shown;
      shown = next;
    }
    before.close();
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
  public synchronized TlsLayer newLayer(ClientHello hello, ByteBufAllocator buffers) {
    return shown.contextFor(hello).newLayer(buffers);
  }

  /** No connection comes after this. Native memory is given back with the last that there is. */
  @Override
  public synchronized void close() {
    shown.close();
  }

  /**
   * What new connections are shown; one of both may be null.
   *
   * @param ec for those that can take it
   */
  private record Shown(TlsContext ec, TlsContext rsa) {

    static Shown of(ServerIdentity identity) throws SSLException {
      TlsContext ec = context(identity.ec());
      try {
        return new Shown(ec, context(identity.rsa()));
      } catch (SSLException refused) {
        close(ec);
        throw refused;
      }
    }

    private static TlsContext context(Identity identity) throws SSLException {
      if (identity == null) {
        return null;
      }
      return BoringSsl.isAvailable()
          ? BoringSslContext.of(identity, CIPHER_SUITES)
          : JdkTlsContext.of(identity, CIPHER_SUITES);
    }

    TlsContext contextFor(ClientHello hello) {
      if (ec == null || rsa == null) {
        return ec == null ? rsa : ec;
      }
      return hello == null || hello.canTakeEc() ? ec : rsa;
    }

    void close() {
      close(ec);
      close(rsa);
    }

    private static void close(TlsContext context) {
      if (context != null) {
        context.close();
      }
    }
  }
}
