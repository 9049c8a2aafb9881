package io.wwep.client;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** Sets up TLS on a connected socket within a time limit, and says in plain words what failed. */
final class Handshake {

  private final Settings settings;
  private final Endpoint endpoint;
  private final HandshakeFailures failures;

  Handshake(Settings settings) {
    this.settings = settings;
    endpoint = settings.endpoint();
    failures = new HandshakeFailures(endpoint);
  }

  Link run(Socket tcp) {
    SSLSocket tls = around(tcp);
    HandshakeGuard guard = new HandshakeGuard(tcp, settings.handshakeTimeout());
    try (guard) {
      tls.startHandshake();
      if (KeyLogSocket.of(tcp) != null) {
        KeyLogSocket.of(tcp).handshakeDone(tls.getSession().getProtocol());
      }
      return link(tcp, tls);
    } catch (IOException e) {
      throw guard.isLate()
          ? failures.timedOut(settings.handshakeTimeout())
          : failures.because(
              e, settings.tls().refusal(tls, endpoint), WatchedSocket.firstBytes(tcp));
    }
  }

  /** In TLS 1.2 the server has looked at the client's certificate by now, in 1.3 it has yet to. */
  private Link link(Socket tcp, SSLSocket tls) throws SSLPeerUnverifiedException {
    TlsDetails details = settings.tls().details(tls.getSession(), tls);
    boolean judged = details.version().equals("TLSv1.2");
    return new Link(tcp, tls, details, judged ? null : settings.tls().refusal(tls, endpoint));
  }

  private SSLSocket around(Socket tcp) {
    try {
      return settings.tls().around(tcp, endpoint);
    } catch (IOException e) {
      throw failures.ended(e);
    }
  }
}
