package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random streams, cut at random, through the parser and through the reference beside it. */
class FrameParserDifferentialTest {

  private static final int STREAMS = 60_000;
  private static final int PIECES_MAX = 8;

  /** Reads shorter than this keep within the recorder's buffer. */
  private static final int READ_BYTES_MAX = 40;

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\r\n",
          "\r",
          "\0",
          " ",
          "R",
          "W",
          "r",
          "w",
          "A",
          "X",
          "hello",
          "G",
          "z",
          "\u00FF",
          "GET / HTTP/1.1\r\n",
          "PRI * ",
          "POST",
          "\u0016",
          "\u0016\u0003\u0001",
          "\u0003",
          "0",
          "12",
          "aF");

  private final Random random;
  private final long seed;

  FrameParserDifferentialTest() {
    seed = Long.getLong("wwep.seed", System.nanoTime());
    random = new Random(seed);
    System.out.println("FrameParserDifferentialTest: -Dwwep.seed=" + seed);
  }

  @Test
  void shouldAgreeWithTheReferenceOnRandomStreams() {
    for (int i = 0; i < STREAMS; i++) {
      String sent = stream();
      List<String> reads = Reads.randomSplit(sent, 1 + random.nextInt(READ_BYTES_MAX), random);
      compare(reads, random.nextInt(4) == 0, random.nextInt(3));
    }
  }

  private void compare(List<String> reads, boolean secure, int ending) {
    Recorder recorder = new Recorder(secure);
    ReferenceParser reference = new ReferenceParser(secure);
    List<String> shown = reads.stream().map(Reads::bytes).map(WireText::show).toList();
    String about = "seed %d, secure %s, ending %d, %s".formatted(seed, secure, ending, shown);
    for (String read : reads) {
      recorder.feed(read);
      if (reference.isOpen()) {
        reference.feed(read);
      }
      assertThat(recorder.isOpen()).as(about).isEqualTo(reference.isOpen());
      assertThat(recorder.parser.missing()).as(about).isEqualTo(reference.missing());
      assertThat(recorder.parser.inFrame()).as(about).isEqualTo(reference.missing() > 0);
    }
    stop(recorder, reference, ending);
    assertCalls(about, recorder.calls(), reference.calls());
  }

  private static void stop(Recorder recorder, ReferenceParser reference, int ending) {
    if (ending == 1) {
      recorder.parser.pause();
      reference.stop("a pause");
    } else if (ending == 2) {
      recorder.parser.end();
      reference.stop("the end of the connection");
    }
  }

  private static void assertCalls(
      String about, List<Recorder.Call> calls, List<ReferenceParser.Call> expected) {
    assertThat(calls).as(about).hasSameSizeAs(expected);
    for (int i = 0; i < calls.size(); i++) {
      Recorder.Call call = calls.get(i);
      assertThat(call.what()).as(about).isEqualTo(expected.get(i).what());
      assertThat(call.received()).as(about).isEqualTo(expected.get(i).received());
      assertThat(call.sentence()).as(about).startsWith(expected.get(i).fact());
    }
  }

  private String stream() {
    StringBuilder stream = new StringBuilder();
    int pieces = 1 + random.nextInt(PIECES_MAX);
    for (int i = 0; i < pieces; i++) {
      stream.append(piece());
    }
    return stream.toString();
  }

  private String piece() {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> frame();
      case 3 -> damaged(frame());
      case 4 -> Character.toString(random.nextInt(256));
      default -> PIECES.get(random.nextInt(PIECES.size()));
    };
  }

  private String frame() {
    boolean write = random.nextBoolean();
    StringBuilder frame = new StringBuilder(write ? "W" : "R");
    for (int i = write ? 10 : 6; i > 0; i--) {
      frame.append("0123456789abcdefABCDEF".charAt(random.nextInt(22)));
    }
    String end = random.nextInt(2) == 0 ? "\n" : random.nextInt(2) == 0 ? "\r\n" : "";
    return frame + end;
  }

  /** Leaves a byte out, puts one in, or changes one. */
  private String damaged(String frame) {
    int at = random.nextInt(frame.length());
    String insert =
        random.nextInt(3) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())).substring(0, 1);
    return frame.substring(0, at) + insert + frame.substring(at + random.nextInt(2));
  }
}
