package io.wwep.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import java.net.InetAddress;
import javax.net.ssl.SSLException;

/**
 * TLS with each identity, and the choice between them. Used by all loops; any thread may show
 * another identity, which new connections get from then on.
 */
public final class TlsContexts implements AutoCloseable {

  private Shown shown;

  private TlsContexts(Shown shown) {
    this.shown = shown;
  }

  /**
   * Makes them.
   *
   * @throws SSLException when the TLS implementation does not take an identity or the settings
   */
  public static TlsContexts of(ServerIdentity identity, TlsSettings settings) throws SSLException {
    return new TlsContexts(Shown.of(identity, settings));
  }

  /**
   * Shows another identity to new connections. Those that are there keep theirs; what they left
   * behind for resumption is forgotten with it.
   *
   * @throws SSLException when the TLS implementation does not take it; the one before stays
   */
  public void show(ServerIdentity identity) throws SSLException {
    change(Shown.of(identity, current().settings));
  }

  /**
   * Lets clients in on other terms from now on. Those that are there stay; what they left behind
   * for resumption is forgotten.
   *
   * @throws SSLException when the TLS implementation does not take them; the ones before stay
   */
  public void letIn(ClientTerms clients) throws SSLException {
    Shown now = current();
    if (!now.settings.clients().equals(clients)) {
      change(Shown.of(now.identity, now.settings.withClients(clients)));
    }
  }

  /** Returns on which terms new clients are let in. */
  public ClientTerms clients() {
    return current().settings.clients();
  }

  private synchronized Shown current() {
    return shown;
  }

  private void change(Shown next) {
    Shown before;
    synchronized (this) {
      before = shown;
      shown = next;
    }
    before.close();
  }

  /** Returns what new connections are shown. */
  public ServerIdentity identity() {
    return current().identity;
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

  /**
   * Returns what a client gets, for the diagnosis of its handshake.
   *
   * @param hello what the client offers, or null when that is unknown
   * @param reached the address of this server that it came to, or null
   */
  public ServerSide sideFor(ClientHello hello, InetAddress reached) {
    Shown now = current();
    Identity identity = now.isEcFor(hello) ? now.identity.ec() : now.identity.rsa();
    return new ServerSide(now.settings, identity, now.ec != null && now.rsa != null, reached);
  }

  /**
   * Returns contexts of their own on the same terms that show something else. They share no
   * sessions with these, so nothing that a client kept from here is resumed there.
   *
   * @throws SSLException when the TLS implementation does not take the identity
   */
  public TlsContexts showing(ServerIdentity other) throws SSLException {
    return of(other, current().settings);
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
  private record Shown(
      ServerIdentity identity, TlsSettings settings, TlsContext ec, TlsContext rsa) {

    static Shown of(ServerIdentity identity, TlsSettings settings) throws SSLException {
      TlsContext ec = context(identity.ec(), settings);
      try {
        return new Shown(identity, settings, ec, context(identity.rsa(), settings));
      } catch (SSLException refused) {
        close(ec);
        throw refused;
      }
    }

    private static TlsContext context(Identity identity, TlsSettings settings) throws SSLException {
      if (identity == null) {
        return null;
      }
      return BoringSsl.isAvailable()
          ? BoringSslContext.of(identity, settings)
          : JdkTlsContext.of(identity, settings);
    }

    TlsContext contextFor(ClientHello hello) {
      return isEcFor(hello) ? ec : rsa;
    }

    boolean isEcFor(ClientHello hello) {
      return rsa == null || (ec != null && (hello == null || hello.canTakeEc()));
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
