package io.wwep.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.CertificateNames;
import io.wwep.certs.Identities;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import io.wwep.client.ChainFetch;
import io.wwep.client.ServerLink;
import io.wwep.client.ShownChain;
import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepException;
import io.wwep.tap.change.Fault;
import io.wwep.tap.change.FaultKind;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The man in the middle. */
@Timeout(120)
class TapTlsTest {

  private static TestServer server;
  @TempDir private static Path directory;
  private final Seen seen = new Seen();

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static WwepClient client(Tap tap, Trust trust) {
    return WwepClient.builder(Setup.HOST)
        .port(tap.address().getPort())
        .tls(trust)
        .handshakeTimeout(Duration.ofSeconds(30))
        .replyTimeout(Duration.ofSeconds(5))
        .build();
  }

  private static void write(Tap tap, Trust trust) {
    try (WwepClient client = client(tap, trust)) {
      client.write(0x0FAC, 0x0B, 0x1234);
    }
  }

  private static X509Certificate shown(Tap tap) {
    ShownChain chain =
        ChainFetch.run(Setup.HOST, tap.address().getPort(), null, Duration.ofSeconds(20));
    return chain.certificates().get(0);
  }

  private TapConfig signed(CertificateAuthority authority, FaultKind... faults) {
    return Setup.to(server.tlsPort())
        .withTls(new TapTls(Trust.caFile(server.caFile()), null, authority))
        .withFaults(List.of(faults).stream().map(Fault::forAll).toList());
  }

  private static CertificateAuthority authority() {
    return CertificateAuthority.create(
        KeyAlgorithm.EC_P256,
        CertificateAuthority.newName(),
        Validity.starting(Clock.systemUTC(), Period.ofDays(30)));
  }

  private static Trust trust(CertificateAuthority authority) throws Exception {
    Path file = Files.createTempFile(directory, "ca", ".pem");
    return Trust.caFile(Files.writeString(file, Identities.toPem(authority.identity().chain())));
  }

  // ---- who verifies, and who does not

  @Test
  void shouldReadAndAlterWhatABoardSendsThatDoesNotVerify() {
    TapConfig config = Setup.tls(server).withRewrites(Setup.rules("W....0B=.... -> 9999"), true);
    try (Tap tap = Tap.start(config, seen)) {
      write(tap, Trust.insecure());
      seen.awaitClosed(1);
    }
    assertThat(server.store().read(0x0FAC0B)).isEqualTo(0x9999);
    assertThat(seen.shown(Side.BOARD)).containsExactly("W0FAC0B1234");
    TapEvent.Secured secured =
        seen.awaitEvent(TapEvent.Secured.class, each -> each.side() == Side.BOARD);
    assertThat(secured.version()).isEqualTo("TLSv1.3");
    assertThat(secured.sentence()).contains("does not verify");
  }

  @Test
  void shouldTellThatABoardHangsUpThatVerifies() {
    try (Tap tap = Tap.start(Setup.tls(server), seen)) {
      assertThatThrownBy(() -> write(tap, Trust.caFile(server.caFile())))
          .isInstanceOf(WwepException.NotTrusted.class);
      seen.awaitClosed(1);
      assertThat(tap.summary().hungUp()).isEqualTo(1);
    }
    TapEvent.HungUp hungUp = seen.awaitEvent(TapEvent.HungUp.class, each -> true);
    assertThat(hungUp.alert()).isEqualTo("certificate_unknown");
    assertThat(hungUp.sentence()).contains("alert 46", "the board verifies");
    assertThat(seen.all(TapEvent.Segment.class)).isEmpty();
  }

  @Test
  void shouldHearTheAlertOfABoardThatPins() {
    try (Tap tap = Tap.start(Setup.tls(server), seen)) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> write(tap, Trust.pin("00".repeat(32))))
            .isInstanceOf(WwepException.NotTrusted.class);
      }
      seen.awaitClosed(5);
    }
    assertThat(seen.all(TapEvent.HungUp.class))
        .extracting(TapEvent.HungUp::alert)
        .hasSize(5)
        .containsOnly("certificate_unknown");
  }

  @Test
  void shouldNameWhatTheRealCertificateNames() {
    try (Tap tap = Tap.start(Setup.tls(server), seen)) {
      X509Certificate made = shown(tap);
      assertThat(CertificateNames.of(made))
          .containsAll(CertificateNames.of(server.identity().ec().certificate()));
      assertThat(made.getIssuerX500Principal()).isNotEqualTo(made.getSubjectX500Principal());
    }
    TapEvent.Notice notice =
        seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("certificate"));
    assertThat(notice.sentence()).contains("localhost", "nobody knows");
  }

  @Test
  void shouldBeBelievedByWhoTrustsItsCa() throws Exception {
    CertificateAuthority authority = authority();
    try (Tap tap = Tap.start(signed(authority), seen)) {
      write(tap, trust(authority));
    }
    assertThat(server.store().read(0x0FAC0B)).isEqualTo(0x1234);
  }

  // ---- what goes wrong

  @Test
  void shouldSayThatABoardSpeaksNoTls() throws Exception {
    try (Tap tap = Tap.start(Setup.tls(server), seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC0B1234").readAll()).isEmpty();
      TapEvent.HungUp hungUp = seen.awaitEvent(TapEvent.HungUp.class, each -> true);
      assertThat(hungUp.sentence()).contains("no TLS but W0FAC0B1234", "enable TLS");
      assertThat(hungUp.alert()).isNull();
    }
  }

  @Test
  void shouldSayThatABoardSendsNothing() throws Exception {
    try (Tap tap = Tap.start(Setup.tls(server), seen)) {
      Peer.to(tap).close();
      TapEvent.HungUp hungUp = seen.awaitEvent(TapEvent.HungUp.class, each -> true);
      assertThat(hungUp.sentence()).contains("without a ClientHello");
    }
  }

  @Test
  void shouldSayThatItDoesNotTrustTheServer() throws Exception {
    TapConfig config =
        Setup.to(server.tlsPort()).withTls(new TapTls(Trust.pin("00".repeat(32)), null, null));
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      TapEvent.Notice atStart =
          seen.awaitEvent(TapEvent.Notice.class, each -> each.connection() == 0);
      assertThat(atStart.sentence()).contains("not trusted", "--pin", "asks again");
      assertThat(board.send("\u0016").readAll()).isEmpty();
      seen.awaitEvent(TapEvent.Notice.class, each -> each.connection() == 1);
    }
  }

  @Test
  void shouldMakeItsCertificateLaterWhereTheServerStartsLater() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    TapConfig config =
        Setup.to(port).withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
    try (Tap tap = Tap.start(config, seen)) {
      seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("no-server"));
      int tlsPort = port;
      try (TestServer later = TestServer.start(each -> each.withPorts(0, tlsPort))) {
        // What failed is remembered for a moment.
        await()
            .ignoreExceptionsInstanceOf(WwepException.class)
            .untilAsserted(
                () -> {
                  write(tap, Trust.insecure());
                  assertThat(later.store().read(0x0FAC0B)).isEqualTo(0x1234);
                });
      }
    }
  }

  // ---- faults of the handshake

  @Test
  void shouldShowACertificateThatIsOver() throws Exception {
    CertificateAuthority authority = authority();
    try (Tap tap = Tap.start(signed(authority, FaultKind.EXPIRED), seen)) {
      assertThat(shown(tap).getNotAfter().toInstant()).isBefore(Instant.now());
      assertThatThrownBy(() -> write(tap, trust(authority)))
          .isInstanceOf(WwepException.NotTrusted.class)
          .hasMessageContaining("expired");
      seen.awaitEvent(TapEvent.Faulted.class, each -> each.fault().equals("expired"));
    }
  }

  @Test
  void shouldShowACertificateThatHasYetToCome() throws Exception {
    CertificateAuthority authority = authority();
    try (Tap tap = Tap.start(signed(authority, FaultKind.NOT_YET_VALID), seen)) {
      assertThat(shown(tap).getNotBefore().toInstant()).isAfter(Instant.now());
      assertThatThrownBy(() -> write(tap, trust(authority)))
          .isInstanceOf(WwepException.NotTrusted.class)
          .hasMessageContaining("valid");
    }
  }

  @Test
  void shouldShowACertificateOfAnotherName() throws Exception {
    CertificateAuthority authority = authority();
    try (Tap tap = Tap.start(signed(authority, FaultKind.WRONG_NAME), seen)) {
      assertThat(CertificateNames.of(shown(tap))).containsExactly("another-server.invalid");
      assertThatThrownBy(() -> write(tap, trust(authority)))
          .isInstanceOf(WwepException.NotTrusted.class)
          .hasMessageContaining("another-server.invalid");
      TapEvent.HungUp hungUp = seen.awaitEvent(TapEvent.HungUp.class, each -> true);
      assertThat(hungUp.sentence()).contains("as it should, which is wrong-name");
    }
  }

  @Test
  void shouldSayWhatABoardLacksThatDoesNotHaveTheGivenCa() {
    try (Tap tap = Tap.start(signed(authority()), seen)) {
      assertThatThrownBy(() -> write(tap, Trust.caFile(server.caFile())))
          .isInstanceOf(WwepException.NotTrusted.class);
      TapEvent.HungUp hungUp = seen.awaitEvent(TapEvent.HungUp.class, each -> true);
      assertThat(hungUp.sentence()).contains("load that CA into it as its root");
    }
  }

  @Test
  void shouldShowACertificateOfAnUnknownCa() throws Exception {
    CertificateAuthority authority = authority();
    try (Tap tap = Tap.start(signed(authority, FaultKind.UNKNOWN_CA), seen)) {
      assertThatThrownBy(() -> write(tap, trust(authority)))
          .isInstanceOf(WwepException.NotTrusted.class);
      assertThat(shown(tap).getIssuerX500Principal())
          .isNotEqualTo(authority.identity().certificate().getSubjectX500Principal());
    }
  }

  @Test
  void shouldLeaveOtherAddressesAlone() throws Exception {
    CertificateAuthority authority = authority();
    Fault elsewhere =
        new Fault(FaultKind.EXPIRED, null, Fault.ALL, InetAddress.getByName("192.0.2.7"));
    TapConfig config = signed(authority).withFaults(List.of(elsewhere));
    try (Tap tap = Tap.start(config, seen)) {
      write(tap, trust(authority));
    }
    assertThat(seen.all(TapEvent.Faulted.class)).isEmpty();
  }

  @Test
  void shouldLetABoardWaitForTheHandshake() throws Exception {
    TapConfig config =
        Setup.tls(server)
            .withFaults(List.of(Fault.forAll(FaultKind.SLOW_HANDSHAKE, Duration.ofMillis(400))));
    try (Tap tap = Tap.start(config, seen)) {
      long start = System.nanoTime();
      write(tap, Trust.insecure());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
      seen.awaitEvent(TapEvent.Faulted.class, each -> each.fault().equals("slow-handshake=400ms"));
    }
  }

  /** A fault of ten minutes must not keep a place for boards that have long gone. */
  @Test
  void shouldNotWaitForABoardThatLeftWhileItsHandshakeWasHeldBack() throws Exception {
    TapConfig config =
        Setup.tls(server)
            .withFaults(List.of(Fault.forAll(FaultKind.SLOW_HANDSHAKE, Duration.ofMinutes(10))));
    try (Tap tap = Tap.start(config, seen)) {
      Peer closing = Peer.to(tap).send("\u0016\u0003");
      Peer resetting = Peer.to(tap);
      await().until(() -> seen.all(TapEvent.Faulted.class).size() == 2);
      closing.close();
      resetting.socket.setSoLinger(true, 0);
      resetting.close();
      seen.awaitClosed(2);
    }
    assertThat(seen.all(TapEvent.HungUp.class))
        .hasSize(2)
        .allMatch(each -> each.sentence().contains("was left unanswered"));
  }

  private static ServerLink board(Tap tap) {
    Duration patience = Duration.ofSeconds(30);
    return ServerLink.open(
        Setup.HOST, tap.address().getPort(), Trust.insecure(), null, patience, patience);
  }

  /** A server that hangs costs one connection, and not one for each board. */
  @Test
  void shouldLookAtTheCertificateOnceForAllBoardsThatWait() throws Exception {
    int boards = 5;
    try (SlowGate gate = new SlowGate(server.tlsPort())) {
      gate.hold();
      TapConfig config =
          Setup.to(gate.port()).withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
      List<Peer> peers = new ArrayList<>();
      try (Tap tap = Tap.start(config, seen)) {
        gate.awaitHeld();
        for (int i = 0; i < boards; i++) {
          peers.add(Peer.to(tap).send("no TLS"));
        }
        await().until(() -> seen.all(TapEvent.Opened.class).size() == boards);
        gate.release();
        await().until(() -> seen.all(TapEvent.HungUp.class).size() == boards);
      }
      assertThat(gate.connections()).isEqualTo(1);
      for (Peer each : peers) {
        each.close();
      }
    }
  }

  @Test
  void shouldRememberForAMomentThatTheServerCannotBeAsked() throws Exception {
    try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicInteger asked = new AtomicInteger();
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    closing.accept().close();
                    asked.incrementAndGet();
                  }
                } catch (IOException closed) {
                  // That is its end.
                }
              });
      thread.setDaemon(true);
      thread.start();
      TapConfig config =
          Setup.to(closing.getLocalPort())
              .withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
      Impostor impostor = new Impostor(config);
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(impostor::learn).isInstanceOf(WwepException.class);
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      assertThat(asked.get()).isLessThanOrEqualTo((int) seconds + 2);
      await()
          .untilAsserted(
              () -> {
                assertThatThrownBy(impostor::learn).isInstanceOf(WwepException.class);
                assertThat(asked.get()).isGreaterThan(1);
              });
    }
  }

  /** The end of a tap meets connections to the server that are only just opening. */
  @Test
  void shouldLeaveNoConnectionToTheServerBehind() throws Exception {
    try (SlowGate gate = new SlowGate(server.tlsPort())) {
      TapConfig config =
          Setup.to(gate.port()).withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
      Tap tap = Tap.start(config, seen);
      seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("certificate"));
      gate.hold();
      try (ServerLink board = board(tap)) {
        assertThat(board.tls()).isPresent();
        gate.awaitHeld();
        tap.close();
      }
      gate.release();
      gate.awaitEnd();
    }
  }

  @Test
  void shouldDisturbRepliesWithinTlsToo() throws Exception {
    TapConfig config = Setup.tls(server).withFaults(List.of(Fault.forAll(FaultKind.HALF_REPLY)));
    try (Tap tap = Tap.start(config, seen)) {
      assertThatThrownBy(() -> write(tap, Trust.insecure()))
          .isInstanceOf(WwepException.OutcomeUnknown.class);
      seen.awaitEvent(TapEvent.Faulted.class, each -> each.fault().equals("half-reply"));
    }
  }
}
