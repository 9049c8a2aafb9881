package io.wwep.console.classroom;

import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A board that sends a message over TLS and reads the reply. */
final class TlsBoard {

  private final TestServer server;

  TlsBoard(TestServer server) {
    this.server = server;
  }

  /** Sends a message if this is the server whose certificate it has. */
  String verifying(String message) throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    try (InputStream file = Files.newInputStream(server.caFile())) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        roots.setCertificateEntry("ca" + roots.size(), each);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    return send(trust.getTrustManagers(), message);
  }

  /** Sends a message to whoever it is. */
  String trusting(String message) throws IOException, GeneralSecurityException {
    return send(new TrustManager[] {new Anybody()}, message);
  }

  private String send(TrustManager[] trust, String message)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
    try (Socket socket =
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort())) {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(11), StandardCharsets.US_ASCII);
    }
  }

  private static final class Anybody implements X509TrustManager {
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
