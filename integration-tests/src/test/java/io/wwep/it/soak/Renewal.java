package io.wwep.it.soak;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/** Renews the server's EC certificate, and waits until who connects is shown the new one. */
final class Renewal implements Load.Client {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final long SHOWN_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final List<Identity> identities = List.of(identity(), identity());
  private final Path certificate;
  private final Path key;
  private final int port;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param directory where the server keeps its certificates
   * @param port its TLS port
   */
  Renewal(Path directory, int port) {
    certificate = directory.resolve("ec.pem");
    key = directory.resolve("ec.key.pem");
    this.port = port;
  }

  private static Identity identity() {
    return Identities.selfSigned(
        KeyAlgorithm.EC_P256,
        "localhost",
        List.of("localhost", "127.0.0.1"),
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));
  }

  @Override
  public int act() throws IOException {
    Identity next = identities.get(count.get() % identities.size());
    Identities.writePem(next, certificate, key);
    long start = System.nanoTime();
    while (!shown().equals(next.certificate())) {
      if (System.nanoTime() - start > SHOWN_NANOS_MAX) {
        throw new AssertionError("the certificate was renewed, and the old one is shown");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    count.incrementAndGet();
    return 0;
  }

  /** Returns how many are done; any thread may ask. */
  int count() {
    return count.get();
  }

  private Certificate shown() throws IOException {
    // A context of its own: a session that is resumed shows no certificate.
    try (SSLSocket socket =
        (SSLSocket)
            Trust.everybody()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Override
  public String toString() {
    return "renewal";
  }
}
