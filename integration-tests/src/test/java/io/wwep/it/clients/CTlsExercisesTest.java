package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.client.WwepClient;
import io.wwep.it.Tool;
import io.wwep.it.clients.CPrograms.Library;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exercises 03 and 06 in C with each TLS library, against a real server and wrong ones. */
@Timeout(180)
class CTlsExercisesTest {

  private static final String MAC = "00:A0:50:12:34:56";

  private static TestServer server;
  @TempDir private static Path directory;
  private static ServerWithCertificate good;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    good = ServerWithCertificate.good(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tool.Result press(String keys, Library library, int port, Object... options)
      throws Exception {
    Object[] all =
        Stream.concat(
                Stream.of("--host", "localhost", "--tls-port", port, "--mac", MAC),
                Stream.of(options))
            .toArray();
    return CPrograms.press(keys, CPrograms.client("exercise03", library), all);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldSendOverTlsToTheServerWhoseRootItKnows(Library library) throws Exception {
    Tool.Result result = press("0x0", library, server.tlsPort(), "--ca", server.caFile());

    assertThat(result.out())
        .containsSubsequence(
            "0  LED on   TLS    W018C050001  -> A018C050001  accepted",
            "x  LED on   TLS    W01234       -> X            rejected, as it should be",
            "0  LED off  TLS    W018C050000  -> A018C050000  accepted");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldReachOneRegisterThroughBothDoors(Library library) throws Exception {
    Tool.Result result =
        CPrograms.press(
            "0 1 1",
            CPrograms.client("exercise06", library),
            "--host",
            "localhost",
            "--port",
            server.plainPort(),
            "--tls-port",
            server.tlsPort(),
            "--ca",
            server.caFile(),
            "--mac",
            MAC);

    assertThat(result.out())
        .containsSubsequence(
            "0  LED on   plain  W018C050001  -> A018C050001  accepted",
            "1  LED off  TLS    W018C050000  -> A018C050000  accepted",
            "1  LED on   TLS    W018C050001  -> A018C050001  accepted");
    assertThat(result.exit()).as(result.err()).isZero();
    try (WwepClient reader = WwepClient.builder("127.0.0.1").port(server.plainPort()).build()) {
      assertThat(reader.read(0x018C, 0x05)).isEqualTo(OptionalInt.of(1));
    }
  }

  /** Whom it must not trust, and what it says then. */
  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldRefuseAServerThatItDoesNotKnow(Library library, @TempDir Path other) throws Exception {
    Path stranger = Identities.loadOrCreate(other, Clock.systemUTC()).certificateFiles().get(0);
    Tool.Result result = press("0", library, server.tlsPort(), "--ca", stranger);

    assertThat(result.out()).contains("-> -            not trusted: the certificate is not of");
    assertThat(result.exit()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldConnectToNobodyUntilToldWhomToTrust(Library library) throws Exception {
    Tool.Result nobody = press("0", library, server.tlsPort());
    Tool.Result anybody = press("0", library, server.tlsPort(), "--insecure");
    Tool.Result both = press("0", library, server.tlsPort(), "--insecure", "--ca", server.caFile());

    assertThat(nobody.out()).contains("no root certificate is loaded");
    assertThat(nobody.exit()).isEqualTo(4);
    assertThat(anybody.out()).contains("trusting anybody", "accepted");
    assertThat(anybody.exit()).isZero();
    assertThat(both.err()).contains("give --ca or --insecure, not both");
    assertThat(both.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldSayThatARootCannotBeRead(Library library) throws Exception {
    Path noRoot = Files.writeString(directory.resolve("no-root.pem"), "no certificate\n");
    Tool.Result unreadable = press("0", library, server.tlsPort(), "--ca", noRoot);
    Tool.Result missing = press("0", library, server.tlsPort(), "--ca", "missing.pem");

    assertThat(unreadable.err()).contains("the root certificate cannot be read");
    assertThat(unreadable.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("missing.pem cannot be read");
    assertThat(missing.exit()).isEqualTo(2);
  }

  static Stream<Arguments> badCertificates() {
    return Stream.of(Library.values())
        .flatMap(
            library ->
                Stream.of(
                    Arguments.of(library, -30, -1, "DNS:localhost", "certificate has expired"),
                    Arguments.of(library, 10, 30, "DNS:localhost", "is not valid yet"),
                    Arguments.of(library, -1, 30, "DNS:wwep.lab", "is for another name")));
  }

  @ParameterizedTest
  @MethodSource("badCertificates")
  void shouldSayWhyACertificateIsNotTrusted(
      Library library, int from, int until, String name, String words, @TempDir Path bad)
      throws Exception {
    ServerWithCertificate shown = ServerWithCertificate.of(bad, from, until, name);
    try (MisbehavingServer liar =
        MisbehavingServer.start(new Misbehavior.Behaves(), shown.context())) {
      Tool.Result result = press("0", library, liar.port(), "--ca", shown.root());

      assertThat(result.out()).contains("not trusted: the certificate").contains(words);
      assertThat(result.exit()).isEqualTo(4);
      assertThat(liar.requests()).isEmpty();
    }
  }

  /** A board that knows an address and no DNS still knows what the certificate has to say. */
  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldCheckTheNameThatItIsTold(Library library, @TempDir Path lab) throws Exception {
    ServerWithCertificate shown = ServerWithCertificate.of(lab, -1, 30, "DNS:wwep.lab");
    try (MisbehavingServer named =
        MisbehavingServer.start(new Misbehavior.Behaves(), shown.context())) {
      Tool.Result result =
          press("0", library, named.port(), "--ca", shown.root(), "--name", "wwep.lab");

      assertThat(result.out()).contains("accepted");
      assertThat(result.exit()).as(result.out()).isZero();
    }
  }

  static Stream<Arguments> misbehaviors() {
    return Stream.of(Library.values())
        .flatMap(
            library ->
                Stream.of(
                    Arguments.of(library, new Misbehavior.Trickles(5), 0, "accepted"),
                    Arguments.of(library, new Misbehavior.ClosesAfterReply(), 0, "accepted"),
                    Arguments.of(library, new Misbehavior.AnswersX(), 1, "-> X   "),
                    Arguments.of(library, new Misbehavior.NeverAnswers(), 3, "no reply in time"),
                    Arguments.of(
                        library, new Misbehavior.AnswersLate(2_000), 3, "no reply in time"),
                    Arguments.of(
                        library,
                        new Misbehavior.ClosesBeforeReply(false),
                        3,
                        "closed the connection without a reply"),
                    Arguments.of(library, new Misbehavior.ClosesMidReply(3), 3, "-> A01  "),
                    Arguments.of(library, new Misbehavior.Resets(), 3, "the connection broke"),
                    Arguments.of(library, new Misbehavior.StallsHandshake(), 3, "took too long"),
                    Arguments.of(
                        library, new Misbehavior.SpeaksNoTls("X"), 3, "TLS handshake failed"),
                    Arguments.of(library, new Misbehavior.Refuses(), 3, "nothing listens")));
  }

  @ParameterizedTest
  @MethodSource("misbehaviors")
  void shouldSayWhatBecameOfAPress(Library library, Misbehavior misbehavior, int exit, String words)
      throws Exception {
    try (MisbehavingServer other = MisbehavingServer.start(misbehavior, good.context())) {
      Tool.Result result = press("0", library, other.port(), "--ca", good.root());

      assertThat(result.out()).contains(words);
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
      assertThat(result.err()).isEmpty();
    }
  }
}
