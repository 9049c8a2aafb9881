package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.client.WwepClient;
import io.wwep.it.Loopback;
import io.wwep.it.Tool;
import io.wwep.it.clients.CPrograms.Library;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers of exercises 04, 05 and 07 in their smallest form, in C and in Java. */
@Timeout(180)
class SmallServersTest {

  @TempDir private static Path directory;
  private static ServerWithCertificate certificate;
  private static List<SmallTarget> bothDoors;

  @BeforeAll
  static void start() throws Exception {
    certificate = ServerWithCertificate.good(directory);
    bothDoors =
        List.of(
            SmallTarget.start("Java", "07", certificate),
            SmallTarget.start("C", "07", certificate));
  }

  @AfterAll
  static void stop() {
    bothDoors.forEach(SmallTarget::close);
  }

  static Stream<Arguments> doors() {
    return Stream.of(0, 1)
        .flatMap(server -> Stream.of("plain", "TLS").map(door -> Arguments.of(server, door)));
  }

  static Stream<Arguments> servers() {
    return Stream.of("Java", "C")
        .flatMap(
            language ->
                Stream.of("04", "05", "07").map(exercise -> Arguments.of(language, exercise)));
  }

  private static RawTalk talk(int server, String door) throws IOException {
    SmallTarget target = bothDoors.get(server);
    return door.equals("TLS") ? RawTalk.tls(target.tlsPort()) : RawTalk.plain(target.plainPort());
  }

  private static String answer(int server, String door, String message) throws IOException {
    try (RawTalk talk = talk(server, door)) {
      return talk.send(message).readToEnd();
    }
  }

  // ---- messages

  @ParameterizedTest
  @MethodSource("doors")
  void shouldAnswerTheLecturesMessages(int server, String door) throws Exception {
    assertThat(answer(server, door, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    assertThat(answer(server, door, "R0FAC0B")).isEqualTo("A0FAC0B1234");
    assertThat(answer(server, door, "R0BAC0B")).isEqualTo("X");
    assertThat(answer(server, door, "W0fac0babcd")).isEqualTo("A0FAC0BABCD");
    assertThat(answer(server, door, "R0faC0b")).isEqualTo("A0FAC0BABCD");
    assertThat(answer(server, door, "WFFFFFF0000")).isEqualTo("AFFFFFF0000");
    assertThat(answer(server, door, "RFFFFFF")).isEqualTo("AFFFFFF0000");
  }

  @ParameterizedTest
  @MethodSource("doors")
  void shouldRejectWhatIsIllegalAndStoreNothing(int server, String door) throws Exception {
    for (String illegal :
        List.of(
            "W01234",
            "w1111111234",
            "W11111112G4",
            "A1111111234",
            "hello",
            "W11111112345",
            "W1111111234\0",
            "W1111\n111234",
            "W111111+234",
            "\0",
            "W" + "1".repeat(5_000))) {
      assertThat(answer(server, door, illegal)).as(illegal).isEqualTo("X");
    }
    assertThat(answer(server, door, "R111111")).isEqualTo("X");
  }

  @ParameterizedTest
  @MethodSource("doors")
  void shouldTakeAMessageInPiecesAndBetweenLineEnds(int server, String door) throws Exception {
    try (RawTalk talk = talk(server, door)) {
      assertThat(talk.sendInPieces("W0AAA011234").readToEnd()).isEqualTo("A0AAA011234");
    }
    try (RawTalk talk = talk(server, door)) {
      assertThat(talk.sendInPieces("\r\n\nR0AAA01\r\n").readToEnd()).isEqualTo("A0AAA011234");
    }
    assertThat(answer(server, door, "\r\nR0AAA01\r\n")).isEqualTo("A0AAA011234");
  }

  @ParameterizedTest
  @MethodSource("doors")
  void shouldAnswerWhatAClientHasSentThatEndsItsSide(int server, String door) throws Exception {
    try (RawTalk talk = talk(server, door)) {
      assertThat(talk.send("W0AAA024321").end().readToEnd()).isEqualTo("A0AAA024321");
    }
    try (RawTalk talk = talk(server, door)) {
      assertThat(talk.send("W0AAA0").end().readToEnd()).isEqualTo("X");
    }
    try (RawTalk talk = talk(server, door)) {
      assertThat(talk.end().readToEnd()).isEmpty();
    }
  }

  /** Read to the end without an exception: what the server left unread has not reset it. */
  @ParameterizedTest
  @MethodSource("doors")
  void shouldAnswerTheFirstOfSeveralAndClose(int server, String door) throws Exception {
    String message = "W0AAA035678";
    assertThat(answer(server, door, message.repeat(20))).isEqualTo("A0AAA035678");
  }

  // ---- connections

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldServeOneConnectionAtATimeAndThenTheNext(int server) throws Exception {
    try (RawTalk silent = RawTalk.plain(bothDoors.get(server).plainPort());
        RawTalk waiting = RawTalk.tls(bothDoors.get(server).tlsPort())) {
      assertThat(waiting.send("W0AAA049999").readToEnd()).isEqualTo("A0AAA049999");
      assertThat(silent.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldSurviveClientsThatAreWrongAtTheDoor(int server) throws Exception {
    SmallTarget target = bothDoors.get(server);
    try (RawTalk plain = RawTalk.plain(target.tlsPort())) {
      plain.send("W0AAA051111");
      assertThat(plain.readToEnd()).doesNotContain("A0AAA05");
    }
    assertThatThrownBy(() -> RawTalk.tls(target.plainPort())).isInstanceOf(SSLException.class);
    RawTalk.plain(target.tlsPort()).close();
    try (Socket reset = new Socket(Loopback.address(1), target.plainPort())) {
      reset.setSoLinger(true, 0);
    }

    assertThat(answer(server, "TLS", "R0AAA05")).isEqualTo("X");
    assertThat(answer(server, "plain", "W0AAA051111")).isEqualTo("A0AAA051111");
    assertThat(answer(server, "TLS", "R0AAA05")).isEqualTo("A0AAA051111");
  }

  // ---- clients

  @ParameterizedTest
  @MethodSource("servers")
  void shouldServeTheBoardInC(String language, String exercise) throws Exception {
    try (SmallTarget target = SmallTarget.start(language, exercise, certificate)) {
      if (target.plainPort() != SmallTarget.NOT_SERVED) {
        Tool.Result plain =
            CPrograms.press(
                "0x0", CPrograms.plainClient("exercise02"), "--port", target.plainPort());
        assertThat(plain.exit()).as(plain.out()).isZero();
      }
      if (target.tlsPort() != SmallTarget.NOT_SERVED) {
        Tool.Result secure =
            CPrograms.press(
                "0x0",
                CPrograms.client("exercise03", Library.OPENSSL),
                "--tls-port",
                target.tlsPort(),
                "--ca",
                certificate.root());
        assertThat(secure.exit()).as(secure.out()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldServeTheClientLibrary(int server) {
    SmallTarget target = bothDoors.get(server);
    try (WwepClient client = WwepClient.builder("127.0.0.1").port(target.plainPort()).build()) {
      assertThat(client.read(0x0AAA, 0x10)).isEmpty();
      for (int value = 0; value < 20; value++) {
        client.write(0x0AAA, 0x10, value);
        assertThat(client.read(0x0AAA, 0x10)).isEqualTo(OptionalInt.of(value));
      }
    }
  }
}
