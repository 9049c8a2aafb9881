package io.wwep.server;

import io.wwep.certs.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One client connection, byte for byte. */
final class Wire implements AutoCloseable {

  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private final Socket socket;

  /** The same without TLS. */
  private final Socket tcp;

  private Wire(Socket socket, Socket tcp) {
    this.socket = socket;
    this.tcp = tcp;
  }

  static Wire plain(int port) throws IOException {
    Socket tcp = open(port);
    return new Wire(tcp, tcp);
  }

  /** Connects from one of the addresses of this machine. */
  static Wire plainFrom(String address, int port) throws IOException {
    Socket tcp = open(address, port);
    return new Wire(tcp, tcp);
  }

  /** Connects with little room for what comes in and is not read. */
  static Wire plainWithBuffer(int receiveBytes, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBytes);
    Socket tcp = open(socket, port);
    return new Wire(tcp, tcp);
  }

  /** Does so with TLS. */
  static Wire tlsWithBuffer(int receiveBytes, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBytes);
    return tls(open(socket, port));
  }

  static Wire tls(int port, String... protocols) throws IOException {
    return tls(open(port), protocols);
  }

  /** Connects from one of the addresses of this machine. */
  static Wire tlsFrom(String address, int port) throws IOException {
    return tls(open(address, port));
  }

  /** Connects with a certificate. */
  static Wire tlsAs(Identity client, int port) throws IOException {
    return tls(trustingAll(client), open(port));
  }

  private static Wire tls(Socket tcp, String... protocols) throws IOException {
    return tls(trustingAll(), tcp, protocols);
  }

  private static Wire tls(SSLContext context, Socket tcp, String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(tcp, "localhost", tcp.getPort(), /* autoClose= */ true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return new Wire(socket, tcp);
  }

  private static Socket open(int port) throws IOException {
    return open(new Socket(), port);
  }

  private static Socket open(String from, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    return open(socket, port);
  }

  private static Socket open(Socket socket, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
    return socket;
  }

  Socket socket() {
    return socket;
  }

  Wire send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends past TLS. */
  Wire sendClear(String text) throws IOException {
    tcp.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Ends this side: FIN, or close_notify on TLS. */
  Wire endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  String receive(int length) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Reads up to the server's end of the stream; a reset throws. */
  String receiveAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(all);
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  String exchange(String request) throws IOException {
    send(request);
    return receive(11);
  }

  static SSLContext trustingAll() {
    return trustingAll(null);
  }

  private static SSLContext trustingAll(Identity client) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(client == null ? null : keys(client), new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyManager[] keys(Identity client) throws GeneralSecurityException, IOException {
    char[] password = "unused".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("it", client.key(), password, client.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
