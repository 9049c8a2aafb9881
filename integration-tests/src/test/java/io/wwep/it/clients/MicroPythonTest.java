package io.wwep.it.clients;

import static io.wwep.it.clients.PythonClient.evaluate;
import static io.wwep.it.clients.PythonClient.plain;
import static io.wwep.it.clients.PythonClient.tls;
import static io.wwep.it.clients.PythonClient.trust;
import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.it.Tool;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client of {@code clients/micropython} in CPython, and in MicroPython's unix port where that
 * is on the path, with the TLS of a board's firmware.
 */
@Timeout(180)
class MicroPythonTest {

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

  static Stream<String> interpreters() {
    return PythonClient.interpreters();
  }

  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldWriteAndReadInClear(String interpreter) throws Exception {
    String client = plain(server.plainPort());
    Tool.Result result =
        evaluate(
            interpreter,
            client + ".write(0x0FAC, 0x0B, 0x1234)",
            client + ".read(0x0FAC, 0x0B)",
            client + ".read(0x0BAC, 0x0B)",
            client + ".exchange('W01234')",
            client + ".exchange(b'W0fac0cabcd')",
            "wwep.device_id(bytes([0x00, 0xA0, 0x50, 0x12, 0x34, 0x56]))");

    assertThat(result.out().lines())
        .as(result.err())
        .containsExactly("4660", "4660", "None", "b'X'", "b'A0FAC0CABCD'", "396");
  }

  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldTalkOverTlsToTheServerWhoseRootItKnows(String interpreter) throws Exception {
    String both = tls(server.tlsPort(), trust(server.caFile()));
    String anybody = tls(server.tlsPort(), "wwep.TRUST_ANYBODY");
    Tool.Result result =
        evaluate(
            interpreter,
            both + ".write(0x0FAC, 0x0D, 0x4321)",
            both + ".read(0x0FAC, 0x0D)",
            both + ".exchange('W01234')",
            anybody + ".read(0x0FAC, 0x0D)",
            tls(server.tlsPort(), "wwep.trust(tuple(%s.roots))".formatted(trust(server.caFile())))
                + ".read(0x0FAC, 0x0D)");

    assertThat(result.out().lines())
        .as(result.err())
        .containsExactly("17185", "17185", "b'X'", "17185", "17185");
  }

  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldRefuseAServerThatItDoesNotKnow(String interpreter, @TempDir Path other)
      throws Exception {
    Path stranger = Identities.loadOrCreate(other, Clock.systemUTC()).certificateFiles().get(0);
    Tool.Result result =
        evaluate(
            interpreter,
            tls(server.tlsPort(), trust(stranger)) + ".read(1, 1)",
            tls(server.tlsPort(), "wwep.trust('%s', name='other.lab')".formatted(server.caFile()))
                + ".read(1, 1)",
            tls(server.tlsPort(), "wwep.trust(b'no certificate')") + ".read(1, 1)",
            tls(server.plainPort(), "wwep.TRUST_ANYBODY") + ".read(1, 1)",
            plain(server.tlsPort()) + ".write(1, 1, 1)",
            tls(server.tlsPort(), "True"));

    assertThat(result.out())
        .containsSubsequence(
            "NotTrusted: not trusted: the certificate is not of the root",
            "NotTrusted: not trusted: the certificate is for another name",
            "the root certificate cannot be read",
            "NoTls: the TLS handshake failed",
            "Rejected: X: ",
            "ValueError: tls must be wwep.trust(...)");
  }

  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldLookAtTheDates(String interpreter, @TempDir Path past, @TempDir Path future)
      throws Exception {
    ServerWithCertificate expired = ServerWithCertificate.of(past, -30, -1, "DNS:localhost");
    ServerWithCertificate early = ServerWithCertificate.of(future, 10, 30, "DNS:localhost");
    try (MisbehavingServer old =
            MisbehavingServer.start(new Misbehavior.Behaves(), expired.context());
        MisbehavingServer young =
            MisbehavingServer.start(new Misbehavior.Behaves(), early.context())) {
      Tool.Result result =
          evaluate(
              interpreter,
              tls(old.port(), trust(expired.root())) + ".read(1, 1)",
              tls(young.port(), trust(early.root())) + ".read(1, 1)");

      assertThat(result.out())
          .containsSubsequence(
              "NotTrusted: not trusted: the certificate has expired",
              "NotTrusted: not trusted: the certificate is not valid yet");
    }
  }

  static Stream<Arguments> misbehaviors() {
    return interpreters()
        .flatMap(
            interpreter ->
                Stream.of(
                    Arguments.of(interpreter, new Misbehavior.Trickles(5), "1"),
                    Arguments.of(interpreter, new Misbehavior.ClosesAfterReply(), "1"),
                    Arguments.of(interpreter, new Misbehavior.AnswersX(), "Rejected: X: "),
                    Arguments.of(
                        interpreter, new Misbehavior.NeverAnswers(), "NoReply: no reply in time"),
                    Arguments.of(
                        interpreter, new Misbehavior.AnswersLate(2_000), "NoReply: no reply in"),
                    Arguments.of(interpreter, new Misbehavior.Trickles(150), "NoReply: only b'A"),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.ClosesBeforeReply(true),
                        "Closed: the server closed the connection without a reply"),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.ClosesMidReply(5),
                        "Closed: the server closed in the middle of its reply, after b'A0001'"),
                    Arguments.of(interpreter, new Misbehavior.Resets(), "Closed: the "),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.AnswersForWrongRegister(),
                        "NotWwep: the reply A0001020001 is not for W0001010001"),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.Says("A000101000G"),
                        "NotWwep: b'A000101000G' is no reply"),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.Says("A0001010002"),
                        "NotWwep: the server stored 0002 instead of 0001"),
                    Arguments.of(
                        interpreter,
                        new Misbehavior.AnswersHttp(),
                        "NotWwep: what came back is not WWEP"),
                    Arguments.of(
                        interpreter, new Misbehavior.Refuses(), "NoConnection: nothing listens")));
  }

  @ParameterizedTest
  @MethodSource("misbehaviors")
  void shouldSayWhatBecameOfAWrite(String interpreter, Misbehavior misbehavior, String words)
      throws Exception {
    try (MisbehavingServer clear = MisbehavingServer.start(misbehavior);
        MisbehavingServer secure = MisbehavingServer.start(misbehavior, good.context())) {
      Tool.Result result =
          evaluate(
              interpreter,
              plain(clear.port()) + ".write(1, 1, 1)",
              tls(secure.port(), trust(good.root())) + ".write(1, 1, 1)");

      assertThat(result.out().lines())
          .as(result.err())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).startsWith(words));
      assertThat(clear.count("W0001010001")).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldRefuseNumbersThatDoNotFit(String interpreter) throws Exception {
    String client = plain(server.plainPort());
    Tool.Result result =
        evaluate(
            interpreter,
            client + ".write(0x10000, 1, 1)",
            client + ".write(1, 256, 1)",
            client + ".write(1, 1, -1)",
            client + ".read(-1, 1)",
            "wwep.device_id(b'12345')");

    assertThat(result.out().lines())
        .as(result.err())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("ValueError: "));
  }
}
