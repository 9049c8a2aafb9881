package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told about an illegal frame: PROTOCOL.md, "Why an X". */
class FrameParserSentenceTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "w0FAC0B1234, \"the command letter is upper case: send W, not w\"",
        "r0FAC0B, \"the command letter is upper case: send R, not r\"",
        "A0FAC0B1234, \"a frame starts with R (read) or W (write), not with 'A'\"",
        "hello, \"a frame starts with R (read) or W (write), not with 'h'\"",
        "W0FAC0B12G4, \"byte 10 (in the value) is 'G' and no hex digit: send 0-9, A-F or a-f there\"",
        "W0FACG, \"byte 6 (in the register) is 'G' and no hex digit: send 0-9, A-F or a-f there\"",
        "R0-, \"byte 3 (in the device) is '-' and no hex digit: send 0-9, A-F or a-f there\"",
        "W0FAC0B12345, \"a write is 11 bytes, and '5' follows: end the frame after its last digit\"",
        "R0FAC0B1234, \"a read is 7 bytes, and '1' follows: end the frame after its last digit\"",
      })
  void shouldNameCauseAndCure(String sent, String sentence) {
    assertThat(Recorder.plain().feed(sent).only().sentence()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"W0FAC0B1234", "R0FAC0B"})
  void shouldExplainTheTerminatingNul(String frame) {
    assertThat(Recorder.plain().feed(frame + "\0").only().sentence())
        .isEqualTo("the string's terminating NUL was sent too: send strlen(), not sizeof");
  }

  @Test
  void shouldShowAnUnprintableByteByItsCode() {
    assertThat(Recorder.plain().feed("\0").only().sentence())
        .isEqualTo("a frame starts with R (read) or W (write), not with \\x00");
    assertThat(Recorder.plain().feed("W0F\u00FFC").only().sentence())
        .isEqualTo("byte 4 (in the device) is \\xFF and no hex digit: send 0-9, A-F or a-f there");
    assertThat(Recorder.plain().feed("R0FAC0B ").only().sentence())
        .isEqualTo("a read is 7 bytes, and ' ' follows: end the frame after its last digit");
  }

  static Stream<Arguments> partialFrames() {
    return Stream.of("W0FAC0B1234", "R0FAC0B")
        .flatMap(
            frame ->
                IntStream.range(1, frame.length())
                    .mapToObj(came -> Arguments.of(frame.substring(0, came), frame)));
  }

  @ParameterizedTest
  @MethodSource("partialFrames")
  void shouldSayHowManyBytesCameOfHowMany(String partial, String frame) {
    Recorder pause = Recorder.plain().feed(partial);
    pause.parser.pause();
    Recorder close = Recorder.plain().feed(partial);
    close.parser.end();
    Recorder line = Recorder.plain().feed(partial + "\n");

    String came =
        "%d of the %d bytes of a %s came before "
            .formatted(partial.length(), frame.length(), frame.startsWith("R") ? "read" : "write");
    String cure = ": send the whole frame in one go";
    assertThat(pause.only().sentence()).isEqualTo(came + "a pause" + cure);
    assertThat(close.only().sentence()).isEqualTo(came + "the end of the connection" + cure);
    assertThat(line.only().sentence()).isEqualTo(came + "a line end" + cure);
    assertThat(pause.only().received()).isEqualTo(partial);
    assertThat(close.only().received()).isEqualTo(partial);
    assertThat(line.only().received()).isEqualTo(partial + "\n");
  }

  static Stream<Arguments> digitPositions() {
    return Stream.of("W0FAC0B1234", "R0FAC0B")
        .flatMap(
            frame ->
                IntStream.range(1, frame.length()).mapToObj(index -> Arguments.of(frame, index)));
  }

  @ParameterizedTest
  @MethodSource("digitPositions")
  void shouldNameThePositionOfABadDigitInWhateverReadItComes(String frame, int index) {
    String sent = frame.substring(0, index) + "z" + frame.substring(index + 1);
    String part = index < 5 ? "device" : index < 7 ? "register" : "value";

    for (int cut = 1; cut < sent.length(); cut++) {
      Recorder recorder = Recorder.plain().feed(sent.substring(0, cut), sent.substring(cut));
      assertThat(recorder.only().sentence())
          .as("%s cut at %d", sent, cut)
          .startsWith("byte %d (in the %s) is 'z' ".formatted(index + 1, part));
    }
  }

  @Test
  void shouldNameTheDoorsThatALostPeerWants() {
    assertThat(Recorder.plain().feed("\u0016\u0003\u0001").only().sentence())
        .isEqualTo("a TLS handshake came to the plain port: connect to the TLS port, 40508");
    assertThat(Recorder.plain().feed("GET / HTTP/1.1\r\n").only().sentence())
        .isEqualTo(
            "an HTTP request came, and this port speaks WWEP: open http://127.0.0.1:27780/ in the"
                + " browser");
  }

  @Test
  void shouldTellALostPeerWhenThereIsNoOtherDoor() {
    Neighbors none = new Neighbors(27708, -1, null);
    assertThat(new Recorder(false, none).feed("\u0016\u0003").only().sentence())
        .endsWith("this server serves no TLS, start it without --no-tls");
    assertThat(new Recorder(true, none).feed("GET / HTTP/1.1\r\n").only().sentence())
        .endsWith("this server has no browser console");
  }

  @Test
  void shouldCutWhatIsShownAndNotWhatWasReceived() {
    String line = "hello" + "!".repeat(95);
    FrameSinkToRejection sink = new FrameSinkToRejection();
    sink.parser.parse(Reads.bytes(line), 0, line.length());

    assertThat(sink.rejection.received()).isEqualTo(line.substring(0, 64) + "…");
    assertThat(sink.receivedLength).isEqualTo(100);
  }

  /** Keeps the last rejection itself. */
  private static final class FrameSinkToRejection implements FrameSink {

    private final FrameParser parser = new FrameParser(false, this);
    private Rejection rejection;
    private int receivedLength;

    @Override
    public void read(int address) {}

    @Override
    public void write(int address, int value) {}

    @Override
    public void reject(RejectCode code) {
      rejection = parser.rejection(Recorder.NEIGHBORS);
      receivedLength = parser.received().length;
    }

    @Override
    public void emptyLine() {}
  }
}
