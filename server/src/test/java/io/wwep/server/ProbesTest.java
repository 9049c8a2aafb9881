package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.certs.Identity;
import io.wwep.server.Probe.Outcome;
import io.wwep.server.Probe.Result;
import io.wwep.server.access.Door;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards that look at the certificate, and boards that do not, are told from each other. */
@Timeout(60)
class ProbesTest {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int DEVICE = 0x0312;

  private RunningServer running;

  @BeforeEach
  void start() {
    running = RunningServer.start(ServerConfig.onFreePorts());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Probe probe() {
    return running.server.probes().start(DEVICE, LOOPBACK, Probes.LIMIT);
  }

  private static Result result(Probe probe) throws Exception {
    return probe.result().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSeeThatABoardVerifies(String version) throws Exception {
    Probe probe = probe();

    assertThatThrownBy(() -> verifying(version)).isInstanceOf(SSLException.class);

    Result result = result(probe);
    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.device()).isEqualTo(DEVICE);
    assertThat(result.peer()).startsWith(LOOPBACK + ":");
    assertThat(result.sentence()).contains("0312 was shown", "hung up with alert", "it verifies");
    verifying(version).close(); // the next connection is shown the right one
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSeeThatABoardDoesNotVerifyAndServeIt(String version) throws Exception {
    Probe probe = probe();

    try (Wire board = running.tls(version)) {
      board.send("W0312051234");
      assertThat(board.receive(11)).isEqualTo("A0312051234");
    }

    Result result = result(probe);
    assertThat(result.outcome()).isEqualTo(Outcome.TAKEN);
    assertThat(result.device()).isEqualTo(DEVICE);
    assertThat(result.sentence()).contains("does not verify", "anyone could be the server");
    await().untilAsserted(() -> assertThat(running.codes()).containsExactly("A"));
  }

  @Test
  void shouldNameTheBoardThatCameInPlaceOfTheOneThatWasAskedFor() throws Exception {
    Probe probe = probe();

    try (Wire board = running.tls()) {
      board.send("\r\nW");
      board.send("04F1051234");
      assertThat(board.receive(11)).isEqualTo("A04F1051234");
    }

    Result result = result(probe);
    assertThat(result.outcome()).isEqualTo(Outcome.TAKEN);
    assertThat(result.device()).isEqualTo(0x04F1);
    assertThat(result.sentence()).contains("it was 04F1, not 0312", "Probe 0312 again");
  }

  @Test
  void shouldClaimNothingOfABoardThatLeavesInSilence() throws Exception {
    Probe probe = probe();

    running.tls("TLSv1.2").close();

    assertThat(result(probe).outcome()).isEqualTo(Outcome.UNCLEAR);
    assertThat(result(probe).sentence()).contains("left without a message");
    assertThat(running.sentences()).noneMatch(each -> each.contains("flushed"));
  }

  @Test
  void shouldClaimNothingOfABoardThatHangsUpWithoutAnAlert() throws Exception {
    Probe probe = probe();

    try (Socket board = new Socket(InetAddress.getLoopbackAddress(), running.server.tlsPort())) {
      board.getOutputStream().write(hello());
      assertThat(board.getInputStream().read()).isEqualTo(0x16);
    }

    assertThat(result(probe).outcome()).isEqualTo(Outcome.UNCLEAR);
    assertThat(result(probe).sentence())
        .contains("without an alert", "maybe, if it does not hang up on the right");
  }

  /** Hangs up with an alert in place of the rest of its handshake. */
  private Result hangsUpWith(int level, int alert) throws Exception {
    Probe probe = probe();
    try (Socket board = new Socket(InetAddress.getLoopbackAddress(), running.server.tlsPort())) {
      board.getOutputStream().write(hello());
      assertThat(board.getInputStream().read()).isEqualTo(0x16);
      board.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, (byte) level, (byte) alert});
      return result(probe);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 22, 40, 50, 70, 80, 110, 199})
  void shouldClaimNothingOfAnAlertThatIsNotAboutTheCertificate(int alert) throws Exception {
    Result result = hangsUpWith(2, alert);

    assertThat(result.outcome()).isEqualTo(Outcome.UNCLEAR);
    assertThat(result.sentence()).contains("for another reason", "sent alert " + alert);
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 43, 45, 46, 48, 49})
  void shouldTakeAnAlertAboutTheCertificateForARefusal(int alert) throws Exception {
    Result result = hangsUpWith(2, alert);

    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.sentence()).endsWith("it verifies the server");
  }

  @Test
  void shouldClaimNothingOfAnOrderlyEndOfTheHandshake() throws Exception {
    Result result = hangsUpWith(1, 0);

    assertThat(result.outcome()).isEqualTo(Outcome.UNCLEAR);
    assertThat(result.sentence())
        .contains("with close_notify, which gives no reason", "maybe, if it does not hang up");
  }

  @Test
  void shouldNotSayOfABoardThatIsSilentThatItsHandshakeIsNotDone() throws Exception {
    Probe probe = running.server.probes().start(DEVICE, LOOPBACK, Duration.ofSeconds(2));

    try (Wire board = running.tls("TLSv1.3")) {
      assertThat(result(probe).outcome()).isEqualTo(Outcome.UNCLEAR);
      board.send("R031205");
    }

    assertThat(result(probe).sentence())
        .contains("finished the handshake and sent no message within 2 s");
  }

  @Test
  void shouldTellOfAProbeAndCountNoFailure() throws Exception {
    Probe probe = probe();
    assertThatThrownBy(() -> verifying("TLSv1.3")).isInstanceOf(SSLException.class);
    Result result = result(probe);

    await().until(() -> !running.events.isEmpty());
    assertThat(running.events)
        .containsExactly(
            new ServerEvent.Probed(
                result.time(),
                Door.TLS,
                result.peer(),
                DEVICE,
                Outcome.REFUSED,
                result.sentence()));
    ServerCounters counters = running.server.counters();
    assertThat(counters.handshakesFailed()).isZero();
    assertThat(counters.rejectedRequests()).isZero();
  }

  @Test
  void shouldEndInTimeWhereNobodyComes() throws Exception {
    Probe probe = running.server.probes().start(DEVICE, LOOPBACK, Duration.ofMillis(50));

    assertThat(result(probe).outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(result(probe).sentence()).contains("no TLS connection came from 127.0.0.1 within");
    verifying("TLSv1.3").close();
  }

  @Test
  void shouldLeaveOtherAddressesAlone() throws Exception {
    Probe probe = running.server.probes().start(DEVICE, "192.0.2.7", Probes.LIMIT);

    verifying("TLSv1.3").close();

    assertThat(probe.result().toCompletableFuture()).isNotDone();
    probe.cancel();
    assertThat(result(probe).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void shouldRefuseASecondProbeOfAnAddressUntilTheFirstIsOver() throws Exception {
    Probe first = running.server.probes().start(DEVICE, "::1", Probes.LIMIT);

    assertThatThrownBy(() -> running.server.probes().start(0x0313, "0:0:0:0:0:0:0:1", Probes.LIMIT))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("a probe of 0312 at")
        .hasMessageContaining("call it off");
    first.cancel();
    running.server.probes().start(0x0313, "::1", Probes.LIMIT).cancel();
  }

  @Test
  void shouldRefuseWhatIsNoAddress() {
    assertThatThrownBy(() -> running.server.probes().start(DEVICE, "board.lab", Probes.LIMIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("board.lab");
  }

  @Test
  void shouldEndWithTheServer() throws Exception {
    Probe probe = probe();

    running.server.close();

    assertThat(result(probe).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThatThrownBy(this::probe).isInstanceOf(ServerException.class);
  }

  /** Returns the first message of a client. */
  private static byte[] hello() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }

  /** Connects as a client that trusts this server's certificates alone, and sends a message. */
  private Socket verifying(String version) throws Exception {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    List<X509Certificate> known =
        RunningServer.IDENTITY.all().stream().map(Identity::certificate).toList();
    for (int i = 0; i < known.size(); i++) {
      roots.setCertificateEntry("root" + i, known.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), running.server.tlsPort());
    try {
      socket.setEnabledProtocols(new String[] {version});
      OutputStream out = socket.getOutputStream();
      out.write("R031205".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }
}
