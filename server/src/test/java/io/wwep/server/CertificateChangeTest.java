package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.ServerIdentity;
import io.wwep.certs.Validity;
import java.io.IOException;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another certificate while the server runs. */
@Timeout(60)
class CertificateChangeTest {

  private static final int CHANGES = 200;
  private static final String WRITE = "W0FAC0B1234";
  private static final String WRITTEN = "A0FAC0B1234";

  private static Identity identity(KeyAlgorithm algorithm) {
    return Identities.selfSigned(
        algorithm,
        "localhost",
        List.of("localhost"),
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));
  }

  private static Certificate shownTo(Wire client) throws IOException {
    return ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void shouldShowAnotherToNewConnectionsAndKeepTheOldOnes(KeyAlgorithm algorithm)
      throws IOException {
    Identity other = identity(algorithm);
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire old = running.tls()) {
      assertThat(old.exchange(WRITE)).isEqualTo(WRITTEN);
      running.server.show(ServerIdentity.of(other));
      assertThat(old.exchange(WRITE)).isEqualTo(WRITTEN);
      assertThat(shownTo(old)).isNotEqualTo(other.certificate());
      try (Wire fresh = running.tls()) {
        assertThat(shownTo(fresh)).isEqualTo(other.certificate());
        assertThat(fresh.exchange(WRITE)).isEqualTo(WRITTEN);
      }
      running.server.show(RunningServer.IDENTITY);
      try (Wire fresh = running.tls()) {
        assertThat(shownTo(fresh)).isEqualTo(shownTo(old));
      }
      assertThat(old.exchange(WRITE)).isEqualTo(WRITTEN);
    }
  }

  /** The handshake that was begun with one certificate is ended with it. */
  @Test
  void shouldLoseNoConnectionThatComesDuringAChange() throws Exception {
    List<ServerIdentity> both =
        List.of(ServerIdentity.of(identity(KeyAlgorithm.EC_P256)), RunningServer.IDENTITY);
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      CompletableFuture<Void> changes =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < CHANGES; i++) {
                  running.server.show(both.get(i % 2));
                }
              });
      int visits = 0;
      do {
        try (Wire client = running.tls()) {
          assertThat(client.exchange(WRITE)).isEqualTo(WRITTEN);
        }
        visits++;
      } while (!changes.isDone() || visits < 10);
      changes.join();
    }
  }

  @Test
  void shouldRefuseWhereTlsIsNotServed() {
    ServerConfig config = ServerConfig.onFreePorts().withPorts(0, ServerConfig.NOT_SERVED);
    try (RunningServer running = RunningServer.start(config)) {
      assertThatThrownBy(() -> running.server.show(RunningServer.IDENTITY))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
