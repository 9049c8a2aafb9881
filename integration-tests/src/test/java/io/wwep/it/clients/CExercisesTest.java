package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.client.WwepClient;
import io.wwep.it.Tool;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercises 01 and 02 in C, against a real server and against servers that misbehave. */
@Timeout(120)
class CExercisesTest {

  private static final String MAC = "00:A0:50:12:34:56";
  private static final int DEVICE = 0x018C;
  private static final int LED = 0x05;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tool.Result run(String exercise, String keys, int port) throws Exception {
    return CPrograms.press(
        keys, CPrograms.plainClient(exercise), "--host", "127.0.0.1", "--port", port, "--mac", MAC);
  }

  /** It reads no reply, so the write may be stored a little later than the program ends. */
  @Test
  void shouldWriteTheLedsStateAtEachPress() throws Exception {
    try (TestServer own = TestServer.start();
        WwepClient reader = WwepClient.builder("127.0.0.1").port(own.plainPort()).build()) {
      Tool.Result once = run("exercise01", "0", own.plainPort());
      assertThat(once.out()).contains("device ID 018C", "0  LED on   plain  W018C050001  sent");
      assertThat(once.exit()).as(once.err()).isZero();
      await().until(() -> reader.read(DEVICE, LED), OptionalInt.of(1)::equals);

      Tool.Result twice = run("exercise01", "0 0\nq0", own.plainPort());
      assertThat(twice.out()).contains("W018C050001  sent", "W018C050000  sent");
      assertThat(twice.exit()).as(twice.err()).isZero();
    }
  }

  @Test
  void shouldCheckTheReplyToALegalAndAnIllegalPacket() throws Exception {
    Tool.Result result = run("exercise02", "0x0", server.plainPort());

    assertThat(result.out())
        .containsSubsequence(
            "0  LED on   plain  W018C050001  -> A018C050001  accepted",
            "x  LED on   plain  W01234       -> X            rejected, as it should be",
            "0  LED off  plain  W018C050000  -> A018C050000  accepted");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  static Stream<Arguments> misbehaviors() {
    return Stream.of(
        Arguments.of(new Misbehavior.Behaves(), 0, "accepted"),
        Arguments.of(new Misbehavior.ClosesAfterReply(), 0, "accepted"),
        Arguments.of(new Misbehavior.Trickles(5), 0, "accepted"),
        Arguments.of(new Misbehavior.AnswersX(), 1, "-> X            X: the message is illegal"),
        Arguments.of(new Misbehavior.TurnsAway(), 1, "-> X            X: the message is illegal"),
        Arguments.of(new Misbehavior.Says("X not-written"), 1, "-> X\\x20not-wri"),
        Arguments.of(new Misbehavior.NeverAnswers(), 3, "-> -            no reply in time"),
        Arguments.of(new Misbehavior.AnswersLate(2_000), 3, "-> -            no reply in time"),
        Arguments.of(new Misbehavior.Trickles(150), 3, "a part of a reply, and not the rest"),
        Arguments.of(new Misbehavior.ClosesBeforeReply(true), 3, "closed the connection without"),
        Arguments.of(new Misbehavior.ClosesMidReply(5), 3, "-> A018C        the server closed in"),
        Arguments.of(new Misbehavior.Resets(), 3, "the connection broke"),
        Arguments.of(new Misbehavior.AnswersForWrongRegister(), 3, "for another register"),
        Arguments.of(new Misbehavior.Says("A018C050002"), 3, "for another register or value"),
        Arguments.of(new Misbehavior.AnswersHttp(), 3, "not WWEP: check the port"),
        Arguments.of(new Misbehavior.Refuses(), 3, "nothing listens on that port"));
  }

  @ParameterizedTest
  @MethodSource("misbehaviors")
  void shouldSayWhatBecameOfAPress(Misbehavior misbehavior, int exit, String words)
      throws Exception {
    try (MisbehavingServer other = MisbehavingServer.start(misbehavior)) {
      long start = System.nanoTime();
      Tool.Result result = run("exercise02", "0", other.port());
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(result.out()).contains(words);
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
      assertThat(result.err()).isEmpty();
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      assertThat(other.count("W018C050001")).isLessThanOrEqualTo(1);
    }
  }

  /** A board must not hang where its message is not even taken, nor end with a signal. */
  @Test
  void shouldKeepTheExitCodeOfTheFirstFailure() throws Exception {
    try (MisbehavingServer other = MisbehavingServer.start(new Misbehavior.NeverReads())) {
      Tool.Result silent = run("exercise02", "0", other.port());
      assertThat(silent.out()).contains("no reply in time");

      other.behave(new Misbehavior.AnswersX());
      Tool.Result rejected = run("exercise02", "0x", other.port());
      assertThat(rejected.out()).contains("rejected, as it should be");
      assertThat(rejected.exit()).isEqualTo(1);

      other.behave(new Misbehavior.Says("A018C050001"));
      Tool.Result accepted = run("exercise02", "x", other.port());
      assertThat(accepted.exit()).as(accepted.out()).isEqualTo(3);
    }
  }

  @Test
  void shouldSayThatANameHasNoAddress() throws Exception {
    Tool.Result result =
        CPrograms.press("0", CPrograms.plainClient("exercise02"), "--host", "no-such-host.invalid");

    assertThat(result.out()).contains("the server's name has no address");
    assertThat(result.exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--port 0", "--port 65536", "--port 1x", "--mac 00:A0", "--ca root.pem", "--host"})
  void shouldRefuseAnOptionWithItsUsage(String option) throws Exception {
    Path program = CPrograms.plainClient("exercise02");
    Tool.Result result = CPrograms.press("0", program, (Object[]) option.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'" + option, "is no option here", "usage:", "--mac 00:A0");
    assertThat(result.out()).isEmpty();
  }

  /** On a terminal a key is a button: no Enter, and the terminal is put back. */
  @Test
  void shouldTakeAKeyFromATerminalAndPutItBack() throws Exception {
    String line =
        "'%s' --host 127.0.0.1 --port %d; stty -a"
            .formatted(CPrograms.plainClient("exercise02"), server.plainPort());
    Tool.Result result = Tool.of("script", "-qec", line, "/dev/null").run("0q");

    assertThat(result.out()).contains("accepted").containsPattern("[^-]icanon");
  }
}
