package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.certs.KeyAlgorithm;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.MutualTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client proves who it is to servers that want it to, and says why it is not admitted. */
@Timeout(60)
class ClientCertificateTest {

  private static final byte[] WRITE = "W0FAC0B1234".getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path directory;

  private static Pairs here;
  private static SSLContext context;
  private static Trust trust;
  private static ClientIdentity known;
  private static ClientIdentity foreign;

  @BeforeAll
  static void makePairs() {
    here = Pairs.of(directory, "here");
    Pairs elsewhere = Pairs.of(directory, "elsewhere");
    context = here.serverContext();
    trust = Trust.caFile(here.ca());
    known = here.client("known", KeyAlgorithm.EC_P256);
    foreign = elsewhere.client("foreign", KeyAlgorithm.EC_P256);
  }

  private static MisbehavingServer serve(Misbehavior misbehavior, SSLParameters parameters) {
    return MisbehavingServer.start(misbehavior, context, parameters);
  }

  private static MisbehavingServer serve(SSLParameters parameters) {
    return serve(new Misbehavior.Behaves(), parameters);
  }

  private static WwepClient client(MisbehavingServer server, ClientIdentity identity) {
    return Clients.builder(server)
        .replyTimeout(Duration.ofSeconds(10))
        .tls(trust, identity)
        .build();
  }

  private static ThrowableAssertAlternative<WwepException.NotAdmitted> refusal(Runnable request) {
    return assertThatExceptionOfType(WwepException.NotAdmitted.class)
        .isThrownBy(request::run)
        .matches(e -> !e.mayHaveTakenEffect())
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, EC_P256", "TLSv1.3, EC_P256", "TLSv1.2, RSA_2048", "TLSv1.3, RSA_2048"})
  void shouldShowItsCertificate(String version, KeyAlgorithm algorithm) {
    ClientIdentity identity = here.client(version + algorithm, algorithm);
    try (MisbehavingServer server = serve(MutualTls.required(version));
        WwepClient client = client(server, identity)) {
      assertThat(client.write(0x0FAC, 0x0B, 0x1234)).isEqualTo(0x1234);
      assertThat(client.dump(0x0FAC)).hasSize(1);
      assertThat(client.exchange(WRITE).tls().orElseThrow().clientCertificate())
          .isEqualTo(TlsDetails.ClientCertificate.SHOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldKeepTheIdentityOverConnectionsThatResumeASession(String version) {
    try (MisbehavingServer server =
            serve(new Misbehavior.ClosesAfterReply(), MutualTls.required(version));
        WwepClient client = client(server, known)) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.write(1, 1, i)).isEqualTo(i);
        assertThat(client.exchange(WRITE).tls().orElseThrow().clientCertificate())
            .isEqualTo(TlsDetails.ClientCertificate.SHOWN);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldNotNeedOneWhereTheServerOnlyAsks(String version) {
    try (MisbehavingServer server = serve(MutualTls.asked(version));
        WwepClient client = client(server, null)) {
      assertThat(client.exchange(WRITE).tls().orElseThrow().clientCertificate())
          .isEqualTo(TlsDetails.ClientCertificate.NOT_SHOWN);
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
    }
  }

  @Test
  void shouldNotTellAServerThatDoesNotAsk() {
    try (MisbehavingServer server = serve(TestTls.only("TLSv1.3"));
        WwepClient client = client(server, known)) {
      assertThat(client.exchange(WRITE).tls().orElseThrow().clientCertificate())
          .isEqualTo(TlsDetails.ClientCertificate.NOT_ASKED);
    }
  }

  /** What the alert says differs, and comes before the end of the handshake or behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSayThatTheServerWantsACertificate(String version) {
    try (MisbehavingServer server = serve(MutualTls.required(version));
        WwepClient client = client(server, null)) {
      String cause =
          client.endpoint()
              + " wants a client certificate signed by CN=here,OU=CA,O=WWEP, and none was given"
              + " (TLS alert ";
      for (Runnable request : requests(client)) {
        refusal(request)
            .withMessageStartingWith(cause)
            .withMessageContaining(": give one with --cert FILE, as 'wwep cert device' makes it");
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSayThatTheServerTakesThoseOfAnotherAuthority(String version) {
    try (MisbehavingServer server = serve(MutualTls.required(version));
        WwepClient client = client(server, foreign)) {
      String cause =
          " takes only client certificates signed by CN=here,OU=CA,O=WWEP, and"
              + " CN=0FAC,OU=device,O=WWEP was signed by CN=elsewhere,OU=CA,O=WWEP (TLS alert ";
      for (Runnable request : requests(client)) {
        refusal(request).withMessageStartingWith(client.endpoint() + cause);
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  private static List<Runnable> requests(WwepClient client) {
    return List.of(
        () -> client.read(1, 1),
        () -> client.write(1, 1, 1),
        () -> client.dump(1),
        () -> client.exchange(WRITE),
        () -> client.exchange(new byte[0]));
  }

  /** The alert, the close and the failed write of the client race: it must not depend on luck. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSaySoEachTime(String version) {
    try (MisbehavingServer server = serve(MutualTls.required(version))) {
      for (int i = 0; i < 50; i++) {
        try (WwepClient client = client(server, foreign)) {
          refusal(() -> client.write(1, 1, 1)).withMessageContaining("takes only");
        }
      }
    }
  }

  @Test
  void shouldFailAllThatWaitsAtOnce() {
    try (MisbehavingServer server = serve(MutualTls.required("TLSv1.3"));
        WwepClient client = client(server, null)) {
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        outcomes.add(client.executeAsync(new Request.Write(new RegisterId(1, 1), i)));
      }
      assertThat(outcomes)
          .allSatisfy(
              outcome ->
                  assertThat(((Outcome.Failed) outcome.join()).cause())
                      .isInstanceOf(WwepException.NotAdmitted.class));
      assertThat(server.connections()).isLessThan(100);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void shouldSayWhatMayBeBehindAnEndWithoutAWord() {
    String suspicion = "most likely because it wants a client certificate";
    try (MisbehavingServer server =
            serve(new Misbehavior.ClosesBeforeReply(false), MutualTls.asked("TLSv1.3"));
        WwepClient writing = client(server, null);
        WwepClient exchanging = Clients.builder(server).tls(Trust.caFile(here.ca())).build()) {
      assertThatExceptionOfType(WwepException.OutcomeUnknown.class)
          .isThrownBy(() -> writing.write(1, 1, 1))
          .withMessageContaining(" broke before W0001010001 was answered, " + suspicion)
          .withMessageContaining("; its log says why; the value may be stored or not");
      assertThat(exchanging.exchange(WRITE).suspicion().orElseThrow()).startsWith(suspicion);
    }
  }

  /** In TLS 1.2 the server has judged by then. */
  @Test
  void shouldNotSuspectTheCertificateOnceItWasTaken() {
    try (MisbehavingServer server =
            serve(new Misbehavior.ClosesBeforeReply(false), MutualTls.asked("TLSv1.2"));
        WwepClient client = client(server, known)) {
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("closed the connection without answering R000101: its log");
      assertThat(client.exchange(WRITE).suspicion()).isEmpty();
    }
  }
}
