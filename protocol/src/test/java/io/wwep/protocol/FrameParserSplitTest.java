package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message, cut into reads in every possible way. */
class FrameParserSplitTest {

  static Stream<Arguments> legalStreams() {
    return Stream.of(
        stream("W0FAC0B1234", "write 0FAC0B 1234"),
        stream("W0fac0babcd", "write 0FAC0B ABCD"),
        stream("WFFFFFFFFFF", "write FFFFFF FFFF"),
        stream("W0000000000", "write 000000 0000"),
        stream("R0FAC0B", "read 0FAC0B"),
        stream("R0bac0b", "read 0BAC0B"),
        stream("W0FAC0B1234\n", "write 0FAC0B 1234"),
        stream("W0FAC0B1234\r\n", "write 0FAC0B 1234"),
        stream("\r\nR0FAC0B\r\n", "empty line", "read 0FAC0B"),
        stream("\n\r\n\r\r\n", "empty line", "empty line", "empty line"),
        stream("R0FAC0B\n\n\r\n", "read 0FAC0B", "empty line", "empty line"),
        stream("R0FAC0BR0FAC0C\r\n", "read 0FAC0B", "read 0FAC0C"),
        stream("W0FAC0B1234R0FAC0B", "write 0FAC0B 1234", "read 0FAC0B"),
        stream("R0FAC0B\nW0FAC0B1234", "read 0FAC0B", "write 0FAC0B 1234"));
  }

  private static Arguments stream(String sent, String... calls) {
    return Arguments.of(sent, List.of(calls));
  }

  @ParameterizedTest
  @MethodSource("legalStreams")
  void shouldNotDependOnHowALegalStreamIsCut(String sent, List<String> calls) {
    List<String> frames = Stream.of(sent.split("(?=[RW])|[\r\n]+", -1)).toList();
    Reads.everySplit(sent)
        .forEach(
            reads -> {
              Recorder recorder = Recorder.plain().feed(reads);
              assertThat(recorder.what()).as("%s", reads).isEqualTo(calls);
              assertThat(recorder.isOpen()).as("%s", reads).isTrue();
              assertThat(recorder.parser.inFrame()).as("%s", reads).isFalse();
              assertThat(nonEmpty(recorder.received())).isEqualTo(nonEmpty(frames));
            });
  }

  private static List<String> nonEmpty(List<String> texts) {
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"W0FAC0B1234", "R0FAC0B"})
  void shouldKnowAtEveryCutHowManyBytesAreMissing(String frame) {
    Reads.everySplit(frame)
        .forEach(
            reads -> {
              Recorder recorder = Recorder.plain();
              int came = 0;
              for (String read : reads) {
                recorder.feed(read);
                came += read.length();
                assertThat(recorder.parser.missing()).isEqualTo(frame.length() - came);
                assertThat(recorder.parser.inFrame()).isEqualTo(came < frame.length());
                assertThat(recorder.calls()).hasSize(came / frame.length());
              }
            });
  }

  /**
   * An illegal frame in a stream.
   *
   * @param sent the whole stream
   * @param frameAt where the illegal frame starts
   * @param badAt where the byte is that spoils it
   * @param code why it is rejected
   * @param before calls before the rejection
   * @param behind calls behind it, where the stream goes on
   */
  record Illegal(
      String sent,
      int frameAt,
      int badAt,
      RejectCode code,
      List<String> before,
      List<String> behind) {

    /** The calls to expect, and whether the connection goes on. */
    private Expected expect(List<String> reads) {
      int readEnd = Reads.endOfReadWith(badAt, reads);
      int lineEnd = sent.indexOf('\n', badAt);
      boolean goesOn = lineEnd >= 0 && lineEnd < readEnd;
      String received = sent.substring(frameAt, goesOn ? lineEnd + 1 : readEnd);
      List<String> calls = new ArrayList<>(before);
      calls.add("reject " + code.word());
      if (goesOn) {
        calls.addAll(behind);
      }
      return new Expected(calls, before.size(), received, goesOn);
    }

    @Override
    public String toString() {
      return code.word() + " " + WireText.show(Reads.bytes(sent));
    }
  }

  private record Expected(List<String> calls, int rejection, String received, boolean goesOn) {}

  static Stream<Illegal> illegalStreams() {
    return Stream.concat(
        Stream.of(
            illegal("w0FAC0B1234\n", 0, RejectCode.BAD_COMMAND),
            illegal("W0FAC0B12G4\n", 9, RejectCode.BAD_DIGIT),
            illegal("A0FAC0B1234\n", 0, RejectCode.BAD_COMMAND),
            illegal("hello\n", 0, RejectCode.BAD_COMMAND),
            illegal("hello\r\n", 0, RejectCode.BAD_COMMAND),
            illegal("W01234\n", 6, RejectCode.INCOMPLETE),
            illegal("W01234\r\n", 6, RejectCode.INCOMPLETE),
            illegal("WW0FAC\n", 1, RejectCode.BAD_DIGIT),
            illegal("W0FAC R0\n", 5, RejectCode.BAD_DIGIT),
            illegal("\0R0FAC0B\n", 0, RejectCode.BAD_COMMAND),
            illegal("\u00FF\u0080\n", 0, RejectCode.BAD_COMMAND)),
        Stream.of("W0FAC0B1234", "R0FAC0B")
            .flatMap(
                frame ->
                    IntStream.range(1, frame.length())
                        .boxed()
                        .flatMap(index -> spoiled(frame, index))));
  }

  /** The frame with a wrong digit at {@code index}, and with a line end there. */
  private static Stream<Illegal> spoiled(String frame, int index) {
    String start = frame.substring(0, index);
    return Stream.of(
        illegal(start + "g" + frame.substring(index + 1) + "\n", index, RejectCode.BAD_DIGIT),
        illegal(start + "\n", index, RejectCode.INCOMPLETE),
        illegal(start + "\r\n", index, RejectCode.INCOMPLETE));
  }

  /** The line alone, with an empty line behind it where that is short enough. */
  private static Illegal illegal(String line, int badAt, RejectCode code) {
    return new Illegal(line + "\n", 0, badAt, code, List.of(), List.of("empty line"));
  }

  @ParameterizedTest
  @MethodSource("illegalStreams")
  void shouldRejectOnceAndGoOnExactlyWhenTheLineEndIsInTheSameRead(Illegal illegal) {
    Reads.everySplit(illegal.sent)
        .forEach(reads -> assertCalls(Recorder.plain(), reads, illegal.expect(reads)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\0", "r", " ", "X", "\u00FF"})
  void shouldRejectAnOverLongFrameAsAWholeWhereverElseItIsCut(String extra) {
    for (String frame : List.of("W0FAC0B1234", "R0FAC0B")) {
      String call = frame.length() == 7 ? "read 0FAC0B" : "write 0FAC0B 1234";
      String sent = frame + extra + "\n\n";
      int at = frame.length();
      List<String> behind = List.of("empty line");
      Illegal whole = new Illegal(sent, 0, at, RejectCode.TOO_LONG, List.of(), behind);
      Illegal apart = new Illegal(sent, at, at, RejectCode.BAD_COMMAND, List.of(call), behind);
      Reads.everySplit(sent)
          .forEach(
              reads -> {
                boolean cutBeforeExtra = Reads.endOfReadWith(at - 1, reads) == at;
                Illegal which = cutBeforeExtra ? apart : whole;
                assertCalls(Recorder.plain(), reads, which.expect(reads));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"R0FAC0", "W0FA", "R"})
  void shouldRejectAPartialFrameBehindACompleteOneAtTheEnd(String partial) {
    Reads.everySplit("R0FAC0B" + partial)
        .forEach(
            reads -> {
              Recorder recorder = Recorder.plain().feed(reads);
              recorder.parser.end();
              assertThat(recorder.what())
                  .as("%s", reads)
                  .containsExactly("read 0FAC0B", "reject incomplete");
              assertThat(recorder.received()).containsExactly("R0FAC0B", partial);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1\n"})
  void shouldCloseAfterOneXHoweverAnHttpRequestIsCut(String request) {
    int method = request.indexOf(' ') + 1;
    Reads.everySplit(request)
        .forEach(
            reads -> {
              Recorder recorder = Recorder.plain().feed(reads);
              boolean told = reads.get(0).length() >= method;
              assertThat(recorder.what())
                  .as("%s", reads)
                  .containsExactly(told ? "reject http" : "reject bad-command");
              assertThat(recorder.received()).containsExactly(reads.get(0));
              assertThat(recorder.isOpen()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016\u0003\u0001\u0002\n\u0001\n\nR0FAC0B"})
  void shouldCloseAfterOneXHoweverAClientHelloIsCut(String hello) {
    Reads.everySplit(hello)
        .forEach(
            reads -> {
              Recorder recorder = Recorder.plain().feed(reads);
              assertThat(recorder.what()).containsExactly("reject tls-on-plain-port");
              assertThat(recorder.received()).containsExactly(reads.get(0));
              assertThat(recorder.isOpen()).isFalse();
            });
  }

  private static void assertCalls(Recorder recorder, List<String> reads, Expected expected) {
    recorder.feed(reads);
    assertThat(recorder.what()).as("%s", reads).isEqualTo(expected.calls);
    assertThat(recorder.received().get(expected.rejection))
        .as("%s", reads)
        .isEqualTo(expected.received);
    assertThat(recorder.isOpen()).as("%s", reads).isEqualTo(expected.goesOn);
  }
}
