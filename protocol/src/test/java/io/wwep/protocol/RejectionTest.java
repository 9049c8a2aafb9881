package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences behind the codes; those of single frames are in FrameParserSentenceTest. */
class RejectionTest {

  private static final byte[] READ = Reads.bytes("R0BAC0B");

  static List<Rejection> oneOfEachCode() {
    return List.of(
        Rejection.notWritten(0x0BAC0B, READ),
        Rejection.incomplete(6, 11, Rejection.Ending.PAUSE, Reads.bytes("W01234")),
        Rejection.tooLong(11, (byte) '5', Reads.bytes("W0FAC0B12345")),
        Rejection.badCommand((byte) 'w', Reads.bytes("w0FAC0B1234")),
        Rejection.badDigit(10, (byte) 'G', Reads.bytes("W0FAC0B12G4")),
        Rejection.tlsOnPlainPort(40508, Reads.bytes("\u0016\u0003")),
        Rejection.plainOnTlsPort(27708, READ),
        Rejection.http("http://127.0.0.1:27780/", Reads.bytes("GET / HTTP/1.1\r\n")),
        Rejection.tlsFailed("the board does not know the CA: load ca.pem", READ),
        Rejection.denied("this port is read-only: write on the TLS port", READ),
        Rejection.storage("the disk is full: free some space", READ),
        Rejection.limited("100 connections are open: close some"));
  }

  @Test
  void shouldHaveASentenceForEveryCode() {
    Set<RejectCode> codes =
        oneOfEachCode().stream().map(Rejection::code).collect(Collectors.toSet());

    assertThat(codes).isEqualTo(EnumSet.allOf(RejectCode.class));
  }

  @ParameterizedTest
  @MethodSource("oneOfEachCode")
  void shouldNameCauseAndCureInOneSentence(Rejection rejection) {
    assertThat(rejection.sentence()).contains(": ").doesNotContain("\n").doesNotEndWith(".");
    assertThat(rejection.received()).matches("[ -~]*");
    assertThat(rejection)
        .hasToString(
            "%s: %s (%s)"
                .formatted(rejection.code().word(), rejection.sentence(), rejection.received()));
  }

  @Test
  void shouldHaveTheStableWordsOfTheContract() {
    assertThat(Stream.of(RejectCode.values()).map(RejectCode::word))
        .containsExactlyInAnyOrder(
            "not-written",
            "incomplete",
            "too-long",
            "bad-command",
            "bad-digit",
            "tls-on-plain-port",
            "plain-on-tls-port",
            "http",
            "tls-failed",
            "denied",
            "storage",
            "limited");
  }

  @Test
  void shouldSayHowToWriteARegisterThatNobodyWrote() {
    Rejection rejection = Rejection.notWritten(0x0BAC0B, READ);

    assertThat(rejection.sentence())
        .isEqualTo(
            "nobody has written register 0B of device 0BAC yet: write it first, as in W0BAC0B1234");
    assertThat(rejection.received()).isEqualTo("R0BAC0B");
  }

  @Test
  void shouldCallAShortFrameByItsKind() {
    assertThat(Rejection.incomplete(3, 7, Rejection.Ending.CLOSE, READ).sentence())
        .isEqualTo(
            "3 of the 7 bytes of a read came before the end of the connection: send the whole"
                + " frame in one go");
    assertThat(Rejection.incomplete(6, 11, Rejection.Ending.PAUSE, READ).sentence())
        .isEqualTo(
            "6 of the 11 bytes of a write came before a pause: send the whole frame in one go");
  }

  @Test
  void shouldNameTheTlsPortOrSayThatThereIsNone() {
    assertThat(Rejection.tlsOnPlainPort(40508, READ).sentence())
        .isEqualTo("a TLS handshake came to the plain port: connect to the TLS port, 40508");
    assertThat(Rejection.tlsOnPlainPort(-1, READ).sentence())
        .isEqualTo(
            "a TLS handshake came to the plain port: this server serves no TLS, start it without"
                + " --no-tls");
  }

  @Test
  void shouldNameThePlainPortOrSayThatThereIsNone() {
    assertThat(Rejection.plainOnTlsPort(27708, READ).sentence())
        .isEqualTo(
            "WWEP in clear came to the TLS port: enable TLS on the socket before it connects, or"
                + " connect to the plain port, 27708");
    assertThat(Rejection.plainOnTlsPort(-1, READ).sentence())
        .isEqualTo(
            "WWEP in clear came to the TLS port: enable TLS on the socket before it connects; this"
                + " server serves no plain port");
  }

  @Test
  void shouldNotTakeOtherTextOnTheTlsPortForWwep() {
    Rejection rejection = Rejection.textOnTlsPort(27708, READ);
    assertThat(rejection.code()).isEqualTo(RejectCode.TLS_FAILED);
    assertThat(rejection.sentence())
        .isEqualTo(
            "what came to the TLS port is neither TLS nor WWEP: begin with a TLS handshake, or send"
                + " WWEP in clear to the plain port, 27708");
    assertThat(Rejection.textOnTlsPort(-1, READ).sentence())
        .endsWith("begin with a TLS handshake; this server serves no plain port");
  }

  @Test
  void shouldNameTheConsoleOrSayThatThereIsNone() {
    assertThat(Rejection.http("http://127.0.0.1:27780/", READ).sentence())
        .isEqualTo(
            "an HTTP request came, and this port speaks WWEP: open http://127.0.0.1:27780/ in the"
                + " browser");
    assertThat(Rejection.http(null, READ).sentence())
        .isEqualTo(
            "an HTTP request came, and this port speaks WWEP: send a frame instead, as in R0FAC0B;"
                + " this server has no browser console");
  }

  @Test
  void shouldSayThatNothingWasStored() {
    assertThat(Rejection.storage("the disk is full", READ).sentence())
        .isEqualTo("the write could not be made durable and nothing was stored: the disk is full");
  }

  @Test
  void shouldReceiveNothingBeyondALimit() {
    assertThat(Rejection.limited("too many connections: close some").received()).isEmpty();
  }

  @Test
  void shouldBeEqualByContent() {
    assertThat(Rejection.notWritten(1, READ)).isEqualTo(Rejection.notWritten(1, READ.clone()));
    assertThat(Rejection.notWritten(1, READ)).isNotEqualTo(Rejection.notWritten(2, READ));
  }
}
