package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of PROTOCOL.md one by one, each with the example that stands there. */
class FrameParserTest {

  private static final String HTTP = "GET / HTTP/1.1\r\nHost: wwep\r\n\r\n";

  @Nested
  class Messages {

    @ParameterizedTest
    @CsvSource({
      "W0FAC0B1234, write 0FAC0B 1234",
      "R0FAC0B, read 0FAC0B",
      "R0BAC0B, read 0BAC0B",
      "W0fac0babcd, write 0FAC0B ABCD",
      "WfFfFfFfFfF, write FFFFFF FFFF",
      "RffFFFf, read FFFFFF",
      "W00000000000, reject too-long",
      "W0000000000, write 000000 0000",
      "R000000, read 000000",
      "W0123456789, write 012345 6789",
      "Rabcdef, read ABCDEF",
      "RABCDEF, read ABCDEF",
      "W80000080000, reject too-long",
      "W8000008000, write 800000 8000",
    })
    void shouldTellEachMessageByItsBytes(String sent, String call) {
      Recorder recorder = Recorder.plain().feed(sent);

      assertThat(recorder.what()).containsExactly(call);
      assertThat(recorder.only().received()).isEqualTo(sent);
      assertThat(recorder.parser.inFrame()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"w0FAC0B1234", "W0FAC0B12G4", "A0FAC0B1234", "hello", "r0FAC0B", "X"})
    void shouldRejectEverythingElseOnceAndClose(String sent) {
      Recorder recorder = Recorder.plain().feed(sent);

      assertThat(recorder.what()).hasSize(1).first().asString().startsWith("reject ");
      assertThat(recorder.only().received()).isEqualTo(sent);
      assertThat(recorder.isOpen()).isFalse();
    }

    @Test
    void shouldRejectTheLecturesShortWriteWhenNothingMoreComes() {
      Recorder recorder = Recorder.plain().feed("W01234");
      assertThat(recorder.calls()).isEmpty();

      recorder.parser.pause();

      assertThat(recorder.what()).containsExactly("reject incomplete");
    }

    @Test
    void shouldGoOnBehindTheLineWhoseRestWasAtHandWhenThePauseEnded() {
      Recorder recorder = Recorder.plain().feed("W0123");
      recorder.parser.pause();

      recorder.feed("4\nR0FAC0B");

      assertThat(recorder.what()).containsExactly("reject incomplete", "read 0FAC0B");
      assertThat(recorder.isOpen()).isTrue();
    }

    @Test
    void shouldCloseWhenTheReadBehindAPauseHasNoLineEnd() {
      Recorder recorder = Recorder.plain().feed("W0123");
      recorder.parser.pause();

      recorder.feed("45");

      assertThat(recorder.what()).containsExactly("reject incomplete");
      assertThat(recorder.isOpen()).isFalse();
    }
  }

  @Nested
  class Streams {

    @Test
    void shouldCompleteAFrameWithItsLastDigitAndNotBefore() {
      Recorder recorder = Recorder.plain();
      String frame = "W0FAC0B1234";
      for (int i = 0; i < 10; i++) {
        recorder.feed(frame.substring(i, i + 1));
        assertThat(recorder.calls()).isEmpty();
        assertThat(recorder.parser.inFrame()).isTrue();
        assertThat(recorder.parser.missing()).isEqualTo(10 - i);
      }

      recorder.feed("4");

      assertThat(recorder.what()).containsExactly("write 0FAC0B 1234");
      assertThat(recorder.parser.inFrame()).isFalse();
      assertThat(recorder.parser.missing()).isZero();
    }

    @Test
    void shouldSkipLineEndsBetweenFrames() {
      Recorder recorder = Recorder.plain().feed("R0FAC0B\r\nR0FAC0C\nR0FAC0D\rR0FAC0E");

      assertThat(recorder.what())
          .containsExactly("read 0FAC0B", "read 0FAC0C", "read 0FAC0D", "read 0FAC0E");
      assertThat(recorder.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r\r\n"})
    void shouldTellAnEmptyLine(String line) {
      assertThat(Recorder.plain().feed(line).what()).containsExactly("empty line");
      assertThat(Recorder.plain().feed("R0FAC0B\n", line).what())
          .containsExactly("read 0FAC0B", "empty line");
      assertThat(Recorder.plain().feed("hello\n", line).what())
          .containsExactly("reject bad-command", "empty line");
    }

    @Test
    void shouldNotTakeTheLineEndBehindAFrameForAnEmptyLine() {
      assertThat(Recorder.plain().feed("R0FAC0B", "\r", "\n").what())
          .containsExactly("read 0FAC0B");
      assertThat(Recorder.plain().feed("\r", "\r").what()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W0FAC\n", "W0FAC\r\n", "W\n", "R0FAC0\r\n", "W0FAC0B123\n"})
    void shouldRejectAFrameAtItsLineEndAndGoOn(String line) {
      Recorder recorder = Recorder.plain().feed(line + "R0FAC0B");

      assertThat(recorder.what()).containsExactly("reject incomplete", "read 0FAC0B");
      assertThat(recorder.received()).containsExactly(line, "R0FAC0B");
      assertThat(recorder.isOpen()).isTrue();
    }

    @Test
    void shouldCloseWhenTheLineFeedOfACarriageReturnIsNotThereYet() {
      Recorder recorder = Recorder.plain().feed("W0FAC\r", "\nR0FAC0B");

      assertThat(recorder.what()).containsExactly("reject incomplete");
      assertThat(recorder.isOpen()).isFalse();
    }

    @Test
    void shouldGoOnBehindTheLineEndOfTheSameRead() {
      Recorder recorder = Recorder.plain().feed("hello R0FAC0B\nR0FAC0C\nW0G W R\r\nR0FAC0D");

      assertThat(recorder.what())
          .containsExactly("reject bad-command", "read 0FAC0C", "reject bad-digit", "read 0FAC0D");
      assertThat(recorder.received())
          .containsExactly("hello R0FAC0B\n", "R0FAC0C", "W0G W R\r\n", "R0FAC0D");
      assertThat(recorder.isOpen()).isTrue();
    }

    @Test
    void shouldCloseWhenTheLineEndIsInALaterRead() {
      Recorder recorder = Recorder.plain().feed("R0FAC0Bhello", "\nR0FAC0C");

      assertThat(recorder.what()).containsExactly("reject too-long");
      assertThat(recorder.received()).containsExactly("R0FAC0Bhello");
      assertThat(recorder.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "W0FAC0B12345",
          "W0FAC0B1234\0",
          "R0FAC0B1",
          "R0FAC0B\0",
          "R0FAC0Br",
          "R0FAC0B "
        })
    void shouldRejectAnOverLongFrameAsAWhole(String sent) {
      Recorder recorder = Recorder.plain().feed(sent + "\nR0FAC0C");

      assertThat(recorder.what()).containsExactly("reject too-long", "read 0FAC0C");
      assertThat(recorder.received()).containsExactly(sent + "\n", "R0FAC0C");
    }

    @Test
    void shouldAcceptAFrameWhoseExtraByteComesInALaterRead() {
      Recorder recorder = Recorder.plain().feed("W0FAC0B1234", "5\n", "R0FAC0B");

      assertThat(recorder.what())
          .containsExactly("write 0FAC0B 1234", "reject bad-command", "read 0FAC0B");
      assertThat(recorder.received()).containsExactly("W0FAC0B1234", "5\n", "R0FAC0B");
    }

    @Test
    void shouldParseManyFramesOfOneReadInOrder() {
      Recorder recorder =
          Recorder.plain().feed("R000001W0000021111R000003\nW0000042222\r\nR000005");

      assertThat(recorder.what())
          .containsExactly(
              "read 000001",
              "write 000002 1111",
              "read 000003",
              "write 000004 2222",
              "read 000005");
    }

    @Test
    void shouldTakeAReadOfNoBytes() {
      Recorder recorder = Recorder.plain().feed("R0FA", "", "C0B", "");

      assertThat(recorder.what()).containsExactly("read 0FAC0B");
      assertThat(recorder.isOpen()).isTrue();
    }
  }

  @Nested
  class Ends {

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "R0FAC0B", "W0FAC0B1234\r", "hello\n"})
    void shouldRejectNothingAtAnEndBetweenFrames(String sent) {
      Recorder recorder = Recorder.plain().feed(sent);
      int before = recorder.calls().size();

      recorder.parser.pause();
      recorder.parser.end();

      assertThat(recorder.calls()).hasSize(before);
    }

    @Test
    void shouldRejectAPartialFrameOnceWhenThePeerEnds() {
      Recorder recorder = Recorder.plain().feed("R0FAC0BW0FA", "C");

      recorder.parser.end();
      recorder.parser.end();
      recorder.parser.pause();

      assertThat(recorder.what()).containsExactly("read 0FAC0B", "reject incomplete");
      assertThat(recorder.received()).containsExactly("R0FAC0B", "W0FAC");
      assertThat(recorder.parser.inFrame()).isFalse();
    }
  }

  @Nested
  class Strangers {

    @ParameterizedTest
    @ValueSource(strings = {HTTP, "HEAD / HTTP/1.0\n\n", "POST /x HTTP/1.1\r\n\r\nR0FAC0B"})
    void shouldRejectHttpOnceAndClose(String request) {
      Recorder plain = Recorder.plain().feed(request);
      Recorder secure = new Recorder(true).feed(request);

      assertThat(plain.what()).containsExactly("reject http");
      assertThat(plain.only().received()).isEqualTo(request);
      assertThat(plain.isOpen()).isFalse();
      assertThat(secure.what()).containsExactly("reject http");
      assertThat(secure.isOpen()).isFalse();
    }

    @Test
    void shouldRejectHttpBehindAFrame() {
      Recorder recorder = Recorder.plain().feed("R0FAC0B\r\n" + HTTP);

      assertThat(recorder.what()).containsExactly("read 0FAC0B", "reject http");
      assertThat(recorder.received()).containsExactly("R0FAC0B", HTTP);
      assertThat(recorder.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\n\u0001", "\u0016\u0003", "\u0016"})
    void shouldRejectTlsOnThePlainPortAndClose(String hello) {
      Recorder recorder = Recorder.plain().feed(hello);

      assertThat(recorder.what()).containsExactly("reject tls-on-plain-port");
      assertThat(recorder.only().received()).isEqualTo(hello);
      assertThat(recorder.isOpen()).isFalse();
    }

    @Test
    void shouldTakeTlsInsideTlsForAWrongByte() {
      Recorder recorder = new Recorder(true).feed("\u0016\u0003\u0001\nR0FAC0B");

      assertThat(recorder.what()).containsExactly("reject bad-command", "read 0FAC0B");
    }

    @Test
    void shouldNotTakeOtherBytesForTls() {
      assertThat(Recorder.plain().feed("\u0016\u0002\nR0FAC0B").what())
          .containsExactly("reject bad-command", "read 0FAC0B");
      assertThat(Recorder.plain().feed("\u0003\u0016\n").what())
          .containsExactly("reject bad-command");
      assertThat(Recorder.plain().feed("R0\u0016\u0003\n").what())
          .containsExactly("reject bad-digit");
    }
  }
}
