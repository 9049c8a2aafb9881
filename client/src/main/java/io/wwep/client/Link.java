package io.wwep.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** An open way to the server: a TCP socket, with TLS around it or not. */
final class Link {

  private final Socket tcp;
  private final Socket top;
  private final TlsDetails tls;
  private final TlsRefusal refusal;

  /**
   * @param tcp the TCP socket
   * @param top the same, or the TLS socket around it
   * @param tls null without TLS
   * @param refusal null where none can come any more, as without TLS
   */
  Link(Socket tcp, Socket top, TlsDetails tls, TlsRefusal refusal) {
    this.tcp = tcp;
    this.top = top;
    this.tls = tls;
    this.refusal = refusal;
  }

  TlsDetails tls() {
    return tls;
  }

  Socket tcp() {
    return tcp;
  }

  Socket top() {
    return top;
  }

  /**
   * Returns the server's refusal of the client's certificate that ended the link, before a byte of
   * a reply came; null when it ended for another reason.
   *
   * @param failure null when the server closed in order
   */
  WwepException.NotAdmitted refusal(IOException failure) {
    return refusal == null || failure == null ? null : refusal.ofCertificate(failure);
  }

  /**
   * Returns what may be behind an end without a word, before a byte of a reply came, as the end of
   * a sentence; null when nothing is known of it.
   */
  String suspicion() {
    return refusal == null ? null : refusal.suspicion();
  }

  /** Returns this side's address, as the server sees it where nothing translates addresses. */
  InetSocketAddress local() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  /** Returns the server's address. */
  InetSocketAddress peer() {
    return (InetSocketAddress) tcp.getRemoteSocketAddress();
  }

  InputStream input() throws IOException {
    return top.getInputStream();
  }

  OutputStream output() throws IOException {
    return top.getOutputStream();
  }

  void readTimeout(long millis) throws SocketException {
    top.setSoTimeout((int) Math.max(1, Math.min(millis, Integer.MAX_VALUE)));
  }

  /** Ends at once. Never blocks, even while another thread is stuck in a write. */
  void abort() {
    close(tcp);
  }

  /** Ends with close_notify where there is TLS. */
  void close() {
    if (top != tcp) {
      // The notice is a write, and a peer that does not read can block a write.
      var guard = Timers.after(200_000_000L, this::abort);
      close(top);
      guard.cancel(false);
    }
    close(tcp);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to lose on a socket that is being given up.
    }
  }
}
