package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS over real sockets: whom the client believes, and what it says when it does not. */
@Timeout(60)
class TlsTest {

  @TempDir private static Path directory;
  private static TestTls here;
  private static TestTls elsewhere;
  private static TestTls expired;

  @BeforeAll
  static void makeCertificates() throws Exception {
    here = TestTls.createFor(directory, "here", "ip:127.0.0.1,dns:localhost");
    elsewhere = TestTls.createFor(directory, "elsewhere", "dns:wwep.example,ip:192.0.2.1");
    expired =
        TestTls.create(
            directory,
            "expired",
            "-ext",
            "san=ip:127.0.0.1",
            "-startdate",
            "2020/01/01 00:00:00",
            "-validity",
            "1");
  }

  private static MisbehavingServer serve(TestTls tls) {
    return MisbehavingServer.start(new Misbehavior.Behaves(), tls.context());
  }

  private static MisbehavingServer serve(Pairs pairs, Identity identity) {
    return MisbehavingServer.start(new Misbehavior.Behaves(), pairs.serverContext(identity));
  }

  private static WwepClient client(MisbehavingServer server, Trust trust) {
    return Clients.builder(server).replyTimeout(Duration.ofSeconds(10)).tls(trust).build();
  }

  static Stream<Trust> trusts() {
    return Stream.of(
        Trust.caFile(here.pem()),
        Trust.pin(here.fingerprint()),
        Trust.pin(here.fingerprint().replace(":", "").toLowerCase(Locale.ROOT)),
        Trust.insecure());
  }

  @ParameterizedTest
  @MethodSource("trusts")
  void shouldTalkToAServerThatItTrusts(Trust trust) {
    try (MisbehavingServer server = serve(here);
        WwepClient client = client(server, trust)) {
      client.write(1, 1, 0xABCD);
      assertThat(client.read(1, 1)).hasValue(0xABCD);
      assertThat(client.dump(1)).hasSize(1);
    }
  }

  @Test
  void shouldWorkWhereTheServerClosesAfterEachReply() {
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.ClosesAfterReply(), here.context());
        WwepClient client = client(server, Trust.pin(here.fingerprint()))) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.write(1, 1, i)).isEqualTo(i);
        assertThat(client.read(1, 1)).hasValue(i);
        assertThat(server.count("W000101%04X".formatted(i))).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldCheckTheNameOfAServerGivenByName() {
    try (MisbehavingServer server = serve(here);
        WwepClient client =
            WwepClient.builder("localhost")
                .port(server.port())
                .tls(Trust.caFile(here.pem()))
                .build()) {
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
    }
  }

  @Test
  void shouldNotTrustAnUnknownIssuerAndShowTheFingerprint() {
    try (MisbehavingServer server = serve(elsewhere);
        WwepClient client = client(server, Trust.system())) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .withMessageContaining(client.endpoint())
          .withMessageContaining("it is self-signed, as CN=elsewhere, and not among those")
          .withMessageContaining(elsewhere.fingerprint())
          .withMessageEndingWith(
              ": give its file with --ca (wwep keeps its own in wwep-data/tls), or, if the server printed"
                  + " the same at its start, this fingerprint with --pin")
          .matches(e -> e.fingerprint().orElseThrow().equals(elsewhere.fingerprint()))
          .matches(e -> !e.mayHaveTakenEffect());
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void shouldNotTrustACertificateOfAnotherHost() {
    try (MisbehavingServer server = serve(elsewhere);
        WwepClient client = client(server, Trust.caFile(elsewhere.pem()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("it is made for wwep.example, 192.0.2.1 and not for this host")
          .withMessageContaining("connect by one of these with --host");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void shouldNotTrustAnExpiredCertificateAndSayWhenItEnded() throws Exception {
    TestTls authority = TestTls.create(directory, "authority1", "-ext", "bc:c");
    TestTls old =
        authority.sign(
            TestTls.createFor(directory, "old", "ip:127.0.0.1"),
            "-ext",
            "san=ip:127.0.0.1",
            "-startdate",
            "2020/01/01 00:00:00",
            "-validity",
            "1");
    try (MisbehavingServer server = serve(old);
        WwepClient client = client(server, Trust.caFile(authority.pem()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("because it expired on 2020-01-0")
          .withMessageContaining("this computer's clock says ")
          .withMessageEndingWith(
              "renew it on the server, unless it is the clock here that is wrong");
    }
  }

  @Test
  void shouldSuspectTheClockWhereACertificateIsYetToBegin() {
    Pairs pairs = Pairs.of(directory, "early");
    Validity later =
        new Validity(Instant.parse("2040-01-01T12:00:00Z"), Instant.parse("2041-01-01T12:00:00Z"));
    try (MisbehavingServer server = serve(pairs, pairs.server(later));
        WwepClient client = client(server, Trust.caFile(pairs.ca()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("because it is valid from 2040-01-01 on")
          .withMessageContaining("set the clock here");
    }
  }

  @Test
  void shouldNameTheIssuerThatIsNotTrusted() {
    Pairs pairs = Pairs.of(directory, "issuer");
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.Behaves(), pairs.serverContext());
        WwepClient client = client(server, Trust.caFile(here.pem()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("its issuer, CN=issuer,OU=CA,O=WWEP, is not trusted")
          .withMessageContaining("give its CA with --ca FILE");
    }
  }

  /** Who makes the CA anew under its old name has boards and clients with the old one. */
  @Test
  void shouldTellACaFromItsNamesake() {
    Pairs before = Pairs.of(directory.resolve("before"), "class");
    Pairs after = Pairs.of(directory.resolve("after"), "class");
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.Behaves(), after.serverContext());
        WwepClient client = client(server, Trust.caFile(before.ca()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("is trusted by that name, but with another key")
          .withMessageContaining("give the CA's file of today with --ca");
    }
  }

  @Test
  void shouldSayThatACertificateIsNotMadeForServers() {
    Pairs pairs = Pairs.of(directory, "devices");
    Identity device = pairs.device("device", KeyAlgorithm.EC_P256).read();
    try (MisbehavingServer server = serve(pairs, device);
        WwepClient client = client(server, Trust.caFile(pairs.ca()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("it is not made for servers")
          .withMessageContaining("wwep cert server");
    }
  }

  /** The right CA was given: to give it again would not help. */
  @ParameterizedTest
  @CsvSource({
    "ku:critical=keyEncipherment, 'its key usage, or that of a CA above it'",
    "1.2.3.4:critical=0500, a critical extension that this Java does not know"
  })
  void shouldSayWhyACertificateOfATrustedCaIsUnfit(String extension, String reason)
      throws Exception {
    String name = "unfit" + extension.length();
    TestTls authority = TestTls.create(directory, name + "-ca", "-ext", "bc:c");
    TestTls unfit =
        authority.sign(
            TestTls.createFor(directory, name, "ip:127.0.0.1"),
            "-ext",
            "san=ip:127.0.0.1",
            "-ext",
            extension);
    try (MisbehavingServer server = serve(unfit);
        WwepClient client = client(server, Trust.caFile(authority.pem()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("a trusted CA has signed it, but ")
          .withMessageContaining(reason)
          .withMessageContaining("'wwep cert verify'")
          .withMessageNotContaining("its issuer");
    }
  }

  @Test
  void shouldTrustTheServersOfAnAuthority() throws Exception {
    TestTls authority = TestTls.create(directory, "authority2", "-ext", "bc:c");
    TestTls issued =
        authority.sign(
            TestTls.createFor(directory, "issued", "ip:127.0.0.1"), "-ext", "san=ip:127.0.0.1");
    try (MisbehavingServer server = serve(issued);
        WwepClient client = client(server, Trust.caFile(authority.pem()))) {
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
    }
  }

  @Test
  void shouldTrustAPinnedCertificateWhateverItsNameAndDates() {
    try (MisbehavingServer server = serve(expired);
        WwepClient client = client(server, Trust.pin(expired.fingerprint()))) {
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
    }
  }

  @Test
  void shouldNotTrustAnotherCertificateThanThePinnedOne() {
    try (MisbehavingServer server = serve(here);
        WwepClient client = client(server, Trust.pin(elsewhere.fingerprint()))) {
      assertThatExceptionOfType(WwepException.NotTrusted.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("it is not the pinned one, " + elsewhere.fingerprint())
          .withMessageContaining("its SHA-256 is " + here.fingerprint())
          .withMessageEndingWith(
              ": compare it with what the server printed at its start, and only if it is the same"
                  + " there, because the server has another certificate now, give it with --pin")
          .matches(e -> e.fingerprint().orElseThrow().equals(here.fingerprint()));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void shouldGiveUpAHandshakeThatStalls() {
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.StallsHandshake(), here.context());
        WwepClient client =
            Clients.builder(server)
                .handshakeTimeout(Duration.ofMillis(300))
                .tls(Trust.insecure())
                .build()) {
      assertThatExceptionOfType(WwepException.TimedOut.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .withMessageContaining("did not end within 300 ms")
          .matches(e -> !e.mayHaveTakenEffect());
    }
  }

  @Test
  void shouldSayThatAPlainPortSpeaksNoTls() {
    try (MisbehavingServer server =
            MisbehavingServer.start(
                new Misbehavior.SpeaksNoTls("HTTP/1.1 400 Bad Request"), here.context());
        WwepClient client = client(server, Trust.insecure())) {
      assertThatExceptionOfType(WwepException.NotWwep.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("speaks HTTP and not TLS: connect to WWEP's TLS port")
          .withMessageNotContaining("switch TLS off")
          .matches(e -> !e.mayHaveTakenEffect());
    }
  }

  /** Its X is shorter than the header of a TLS record, of which the JDK makes nothing. */
  @ParameterizedTest
  @CsvSource({
    "X, true, 'answers as WWEP without TLS does: connect to its TLS port, usually 40508, or switch TLS off'",
    "X, false, 'answers as WWEP without TLS does: connect to its TLS port, usually 40508, or switch TLS off'",
    "X tls-on-plain-port, true, 'answers as WWEP without TLS does: connect to its TLS port'",
    "SSH-2.0-OpenSSH_9.2, false, 'answers ''SSH-2.0-OpenSSH_9.2'', which is not TLS: connect to WWEP''s TLS port'"
  })
  void shouldTellAtOnceWhatAnswersInPlaceOfTls(String words, boolean closes, String told) {
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.SpeaksNoTls(words, closes), here.context());
        WwepClient client = Clients.builder(server).tls(Trust.insecure()).build()) {
      long start = System.nanoTime();
      assertThatExceptionOfType(WwepException.NotWwep.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .withMessageContaining(client.endpoint() + " " + told)
          .matches(e -> !e.mayHaveTakenEffect());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void shouldFetchNoCertificatesFromAServerThatAnswersWithoutTlsAndKeepsTheConnection() {
    Misbehavior words = new Misbehavior.SpeaksNoTls("X", false);
    try (MisbehavingServer server = MisbehavingServer.start(words, here.context())) {
      long start = System.nanoTime();
      assertThatExceptionOfType(WwepException.NotWwep.class)
          .isThrownBy(
              () -> ChainFetch.run(server.host(), server.port(), null, Duration.ofSeconds(20)))
          .withMessageContaining("answers as WWEP without TLS does, and shows no certificate");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  static Stream<String> versions() {
    return Stream.of("TLSv1.2", "TLSv1.3");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldSpeakBothVersionsAndReportTheOneAgreedOn(String version) throws Exception {
    try (MisbehavingServer server =
            MisbehavingServer.start(
                new Misbehavior.Behaves(), here.context(), TestTls.only(version));
        WwepClient client = client(server, Trust.caFile(here.pem()))) {
      RawExchange exchange = client.exchange(new byte[] {'R', '0', '0', '0', '1', '0', '1'});
      TlsDetails details = exchange.tls().orElseThrow();
      assertThat(details.version()).isEqualTo(version);
      assertThat(details.cipherSuite()).startsWith("TLS_");
      assertThat(details.fingerprint()).isEqualTo(here.fingerprint());
      assertThat(client.write(1, 1, 7)).isEqualTo(7);
    }
  }

  @Test
  void shouldSayThatAServerOfOldVersionsRefused() {
    try (MisbehavingServer server =
            MisbehavingServer.start(
                new Misbehavior.Behaves(), here.context(), TestTls.withoutSharedCipher());
        WwepClient client = client(server, Trust.insecure())) {
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .withMessageContaining("TLS handshake")
          .withMessageContaining(client.endpoint());
    }
  }
}
