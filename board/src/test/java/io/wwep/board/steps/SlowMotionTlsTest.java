package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.board.Board;
import io.wwep.board.MacAddress;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.board.Verification;
import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import io.wwep.client.ClientIdentity;
import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.MutualTls;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message over TLS, step by step: what can be read of it, and what cannot. */
@Timeout(60)
class SlowMotionTlsTest {

  private static final Validity LONG =
      new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2045-01-01T00:00:00Z"));

  @TempDir private static Path directory;

  private static SSLContext context;
  private static Trust trust;
  private static ClientIdentity identity;

  private final Recorder recorder = new Recorder();

  @BeforeAll
  static void makePairs() {
    CertificateAuthority authority =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "class", LONG);
    PairFiles ca = PairFiles.in(directory, "ca");
    ca.write(authority.identity());
    PairFiles device = PairFiles.in(directory, "device");
    device.write(authority.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, LONG));
    trust = Trust.caFile(ca.certificate());
    identity = ClientIdentity.read(device.certificate(), device.key());
    context =
        MutualTls.context(
            authority.issueServer(KeyAlgorithm.EC_P256, List.of(ServerName.of("127.0.0.1")), LONG),
            authority.identity().certificate());
  }

  private Transmission press(int port, Trust whom, ClientIdentity who) {
    return press(port, whom, who, Duration.ofSeconds(20));
  }

  private Transmission press(int port, Trust whom, ClientIdentity who, Duration handshakeTimeout) {
    try (SlowMotion motion = new SlowMotion(Duration.ZERO, recorder);
        Board board =
            Board.builder("127.0.0.1")
                .mac(MacAddress.parse("00:A0:50:12:34:56"))
                .tlsPort(port)
                .trust(whom, who)
                .handshakeTimeout(handshakeTimeout)
                .replyTimeout(Duration.ofSeconds(10))
                .carrier(motion)
                .build()) {
      return board.press(1);
    }
  }

  private static MisbehavingServer serve(SSLParameters parameters) {
    return MisbehavingServer.start(new Misbehavior.Behaves(), context, parameters);
  }

  private static SSLParameters only(String version) {
    return new SSLParameters(null, new String[] {version});
  }

  @Test
  void shouldShowAHandshakeOfTls13AsFarAsItCanBeRead() {
    try (TestServer server = TestServer.start()) {
      Transmission transmission = press(server.tlsPort(), Trust.caFile(server.caFile()), null);
      assertThat(transmission.received()).isEqualTo("A018C050001");
      assertThat(server.store().read(0x018C05)).isEqualTo(1);
    }
    Step handshake = recorder.step(StepKind.HANDSHAKE);
    assertThat(handshake.what())
        .startsWith("TLS 1.3, TLS_")
        .contains("keys agreed on X25519", "nobody asked for the board's certificate");
    assertThat(recorder.passed(StepKind.HANDSHAKE))
        .startsWith("> ClientHello", "< ServerHello")
        .contains("< encrypted record", "> encrypted record")
        .doesNotContain("< Certificate");
    assertThat(handshake.passed().get(0).details())
        .contains("offers TLS 1.3, TLS 1.2", "TLS_AES_256_GCM_SHA384", "P-256", "half a key");
    assertThat(handshake.passed().get(1).details()).contains("takes TLS 1.3", "X25519");
    assertThat(handshake.shown()).hasSize(1);
    assertThat(handshake.shown().get(0).subject()).contains("O=WWEP");
    assertThat(handshake.shown().get(0).key()).isEqualTo("EC 256");
  }

  @Test
  void shouldShowEveryMessageOfAHandshakeOfTls12() {
    try (MisbehavingServer server = serve(only("TLSv1.2"))) {
      assertThat(press(server.port(), trust, null).received()).isEqualTo("A018C050001");
    }
    List<String> messages = new ArrayList<>(recorder.passed(StepKind.HANDSHAKE));
    messages.remove("< NewSessionTicket"); // Some servers give one.
    assertThat(messages)
        .containsExactly(
            "> ClientHello",
            "< ServerHello",
            "< Certificate",
            "< ServerKeyExchange",
            "< ServerHelloDone",
            "> ClientKeyExchange",
            "> ChangeCipherSpec",
            "> encrypted Finished",
            "< ChangeCipherSpec",
            "< encrypted Finished");
    List<Passed> passed = recorder.step(StepKind.HANDSHAKE).passed();
    assertThat(passed.get(1).details()).startsWith("takes TLS 1.2, TLS_ECDHE_ECDSA_WITH_");
    assertThat(passed.get(2).details()).matches("1, of [0-9,]+ bytes|2, of [0-9, and]+ bytes");
    assertThat(passed.get(3).details()).contains("half of the key for ", "signed with ECDSA");
    assertThat(recorder.step(StepKind.HANDSHAKE).what()).startsWith("TLS 1.2, TLS_ECDHE_ECDSA_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSendTheTextInARecordThatNobodyCanRead(String version) {
    try (MisbehavingServer server = serve(only(version))) {
      press(server.port(), trust, null);
    }
    assertThat(recorder.passed(StepKind.WRITE)).isEmpty();
    Passed record = recorder.step(StepKind.FLUSH).passed().get(0);
    assertThat(recorder.step(StepKind.FLUSH).passed()).hasSize(1);
    assertThat(record.layer()).isEqualTo(Passed.Layer.TLS_RECORD);
    assertThat(record.hex()).startsWith("17 03 03 00 ");
    assertThat(record.text()).doesNotContain("018C");
    assertThat(record.details())
        .isEqualTo("11 bytes of text and %d of TLS".formatted(record.length() - 11));
    assertThat(recorder.passed(StepKind.READ)).contains("< encrypted record", "< A018C050001");
    assertThat(recorder.passed(StepKind.DISCONNECT)).hasSizeGreaterThanOrEqualTo(1);
  }

  /** A server's ticket may come at any time, and TLS would send what waits when it comes. */
  @Test
  void shouldSendNothingBeforeTheFlush() throws Exception {
    AtomicInteger early = new AtomicInteger(-1);
    try (MisbehavingServer server = serve(only("TLSv1.3"));
        HoldingRelay relay = HoldingRelay.to(server.port())) {
      recorder.whenBegins(
          StepKind.FLUSH,
          () -> {
            int before = relay.bytesFromBoard();
            relay.release();
            Thread.sleep(300); // For what must not come.
            early.set(relay.bytesFromBoard() - before);
          });
      assertThat(press(relay.port(), trust, null).received()).isEqualTo("A018C050001");
    }
    assertThat(early).hasValue(0);
    assertThat(recorder.passed(StepKind.FLUSH)).containsExactly("> encrypted record");
    assertThat(recorder.passed(StepKind.READ))
        .containsSubsequence("< encrypted record", "< A018C050001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldFreeEachBufferOfTls(String version) {
    try (MisbehavingServer server = serve(only(version))) {
      press(server.port(), trust, null);
    }
    assertThat(recorder.table(StepKind.WRITE, BufferState.Type.T))
        .containsExactly("created 1 0 0", "filled 1 0 11", "shared 2 0 11", "given back 1 0 11");
    List<String> flushed = recorder.table(StepKind.FLUSH, BufferState.Type.T);
    assertThat(flushed.stream().filter(each -> each.startsWith("free 0"))).hasSize(2);
    assertThat(flushed.stream().filter(each -> each.matches("filled 1 0 \\d+"))).hasSize(1);
    assertThat(recorder.last().use().held()).isZero();
    assertThat(recorder.last().use().used()).isGreaterThan(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldShowTheBoardsCertificateWhereItIsAskedFor(String version) {
    try (MisbehavingServer server = serve(MutualTls.required(version))) {
      assertThat(press(server.port(), trust, identity).received()).isEqualTo("A018C050001");
    }
    Step handshake = recorder.step(StepKind.HANDSHAKE);
    assertThat(handshake.what()).endsWith("the board has shown its certificate");
    assertThat(handshake.shownByBoard().get(0).subject()).contains("0FAC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSayThatAServerWantsACertificate(String version) {
    Transmission transmission;
    try (MisbehavingServer server = serve(MutualTls.required(version))) {
      transmission = press(server.port(), trust, null);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(transmission.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
    assertThat(transmission.meaning()).contains("wants a client certificate", "--cert");
    StepKind where = version.equals("TLSv1.2") ? StepKind.HANDSHAKE : StepKind.READ;
    assertThat(recorder.step(where).done()).isFalse();
    assertThat(recorder.step(where).what()).isEqualTo(transmission.meaning());
    assertThat(recorder.last().use().held()).isZero();
  }

  /** In TLS 1.3 the refusal may come before the board has looked what was agreed on. */
  @RepeatedTest(20)
  void shouldStandARefusalRightBehindTheHandshake() {
    shouldSayThatAServerWantsACertificate("TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldShowACertificateThatItDoesNotTrust(String version) {
    Transmission transmission;
    try (MisbehavingServer server = serve(only(version))) {
      transmission = press(server.port(), Trust.system(), null);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(transmission.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
    Step handshake = recorder.step(StepKind.HANDSHAKE);
    assertThat(handshake.done()).isFalse();
    assertThat(handshake.what()).isEqualTo(transmission.meaning()).contains("--ca FILE");
    assertThat(handshake.shown()).isNotEmpty();
    assertThat(handshake.shown().get(0).issuer()).contains("class");
    assertThat(recorder.passed(StepKind.HANDSHAKE).stream().filter(each -> each.startsWith(">")))
        .hasSizeGreaterThan(1);
    assertThat(recorder.last().kind()).isEqualTo(StepKind.DISCONNECT);
    assertThat(recorder.last().what()).startsWith("the board ends the connection");
    assertThat(recorder.last().use().held()).isZero();
  }

  /** What a key changes while the board runs counts for the next message. */
  @Test
  void shouldVerifyAsTheBoardDoesNow() {
    try (MisbehavingServer server = serve(only("TLSv1.3"));
        SlowMotion motion = new SlowMotion(Duration.ZERO, recorder);
        Board board =
            Board.builder("127.0.0.1")
                .tlsPort(server.port())
                .trust(Trust.system())
                .replyTimeout(Duration.ofSeconds(10))
                .carrier(motion)
                .build()) {
      assertThat(board.press(1).verdict()).isEqualTo(Verdict.NOT_TRUSTED);
      board.verify(Verification.PIN);
      assertThat(board.press(1).verdict()).isEqualTo(Verdict.FINE);
    }
  }

  /** It may close or wait: nobody has to wait with it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTellAServerWithoutTlsByWhatItSends(boolean closes) {
    Misbehavior words = new Misbehavior.SpeaksNoTls("X", closes);
    try (MisbehavingServer server = MisbehavingServer.start(words, context)) {
      Transmission transmission = press(server.port(), trust, null);
      assertThat(transmission.verdict()).isEqualTo(Verdict.WRONG_REPLY);
      assertThat(transmission.meaning()).contains("answers as WWEP without TLS does");
    }
    Step handshake = recorder.step(StepKind.HANDSHAKE);
    assertThat(handshake.took()).isLessThan(Duration.ofSeconds(10));
    assertThat(recorder.passed(StepKind.HANDSHAKE)).contains("< X");
    assertThat(recorder.last().use().held()).isZero();
  }

  @Test
  void shouldNameAnotherProtocolThatAnswersInPlaceOfTls() {
    Misbehavior banner = new Misbehavior.SpeaksNoTls("SSH-2.0-OpenSSH_9.2", false);
    try (MisbehavingServer server = MisbehavingServer.start(banner, context)) {
      assertThat(press(server.port(), trust, null).meaning())
          .contains("answers 'SSH-2.0-OpenSSH_9.2', which is not TLS")
          .doesNotContain("switch TLS off");
    }
  }

  @Test
  void shouldGiveUpAHandshakeThatTakesTooLong() {
    try (MisbehavingServer server =
        MisbehavingServer.start(new Misbehavior.StallsHandshake(), context)) {
      Transmission transmission = press(server.port(), trust, null, Duration.ofMillis(300));
      assertThat(transmission.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(transmission.meaning()).contains("did not end within 300 ms");
    }
    assertThat(recorder.passed(StepKind.HANDSHAKE)).containsExactly("> ClientHello");
    assertThat(recorder.last().use().held()).isZero();
  }
}
