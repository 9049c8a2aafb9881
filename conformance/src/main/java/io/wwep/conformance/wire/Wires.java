package io.wwep.conformance.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Opens connections to the server under test, and notes them. Thread-safe. */
public final class Wires {

  private static final int CONNECT_MILLIS = 5_000;

  /** Boards without hardware for it need 6 to 15 s. */
  private static final int HANDSHAKE_MILLIS = 30_000;

  private final Target target;
  private final Transcript transcript;

  /** Notes everything in a transcript. */
  public Wires(Target target, Transcript transcript) {
    this.target = target;
    this.transcript = transcript;
  }

  /** Opens connections whose conversation nobody wants to read. */
  public Wires(Target target) {
    this(target, new Transcript());
  }

  /**
   * Connects, and completes the handshake on TLS.
   *
   * @throws NoConnection when there is none
   */
  public Wire connect(Port port) throws IOException {
    return port == Port.TLS ? tls(null) : clear(port);
  }

  /**
   * Connects without TLS, even to the TLS port.
   *
   * @throws NoConnection when there is none
   */
  public Wire clear(Port port) throws IOException {
    Socket tcp = open(port);
    transcript.note("connected to the %s port%s".formatted(port.word(), inClear(port)));
    return wire(tcp, tcp);
  }

  private static String inClear(Port port) {
    return port == Port.TLS ? ", without TLS" : "";
  }

  /**
   * Connects with TLS.
   *
   * @param version as in {@code TLSv1.2}, or null for the best one
   * @throws NoConnection when there is none
   */
  public Wire tls(String version) throws IOException {
    Socket tcp = open(Port.TLS);
    try {
      int number = target.number(Port.TLS);
      SSLSocket tls =
          (SSLSocket)
              target.context().getSocketFactory().createSocket(tcp, target.host(), number, true);
      target.prepare(tls, version);
      tls.setSoTimeout(HANDSHAKE_MILLIS);
      tls.startHandshake();
      transcript.note("connected to the tls port, " + tls.getSession().getProtocol());
      return wire(tcp, tls);
    } catch (IOException e) {
      tcp.close();
      throw new NoConnection("the TLS handshake failed (%s)".formatted(e.getMessage()), false, e);
    }
  }

  private Wire wire(Socket tcp, Socket top) {
    return new Wire(tcp, top, (int) target.patience().toMillis(), transcript);
  }

  Socket open(Port port) throws IOException {
    IOException last = null;
    for (InetAddress address : addresses()) {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, target.number(port)), CONNECT_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new NoConnection("no connection (%s)".formatted(words(last)), true, last);
  }

  private InetAddress[] addresses() throws IOException {
    try {
      return InetAddress.getAllByName(target.host());
    } catch (IOException e) {
      throw new NoConnection("the name %s has no address".formatted(target.host()), true, e);
    }
  }

  private static String words(IOException e) {
    return e == null ? "no address" : e.getMessage();
  }

  /**
   * Connects with TLS, and tells how the connection ends better than a {@link Wire} can.
   *
   * @param version as in {@code TLSv1.2}
   */
  public TlsProbe probe(String version) throws IOException {
    Socket tcp = open(Port.TLS);
    try {
      return new TlsProbe(
          tcp, target.engine(version), (int) target.patience().toMillis(), transcript);
    } catch (IOException e) {
      tcp.close();
      throw new NoConnection("the TLS handshake failed (%s)".formatted(e.getMessage()), false, e);
    }
  }
}
