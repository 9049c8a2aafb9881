package io.wwep.tap.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCutterTest {

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<String> frames(List<Piece> pieces) {
    return pieces.stream().filter(Piece::isFrame).map(each -> text(each.bytes())).toList();
  }

  /** However it is cut, nothing is lost or added, and the frames are the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "W0FAC0B1234R0FAC0B",
        "W0FAC0B1234\r\nR0FAC0B\r\n\r\nw0FAC0B1234\nW0FAC0B1234",
        "hello\nR0FAC0BW0FAC0B12G4R0FAC0B\nR0FAC0C",
        "W0FACW0FAC0B1234\n"
      })
  void shouldKeepEveryByteAtEverySplit(String stream) {
    byte[] bytes = ascii(stream);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        FrameCutter cutter = new FrameCutter(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int start = 0;
        for (int end : new int[] {first, second, bytes.length}) {
          byte[] read = ascii(stream.substring(start, end));
          cutter.cut(read, read.length).forEach(each -> out.writeBytes(each.bytes()));
          start = end;
        }
        out.writeBytes(cutter.holds() ? cutter.release() : new byte[0]);
        assertThat(text(out.toByteArray())).isEqualTo(stream);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13, 100})
  void shouldFindTheSameFramesInReadsOfAllSizes(int size) {
    String stream = "W0FAC0B1234R0FAC0B\r\nR0fac0cW0FAC0Babcd";
    FrameCutter cutter = new FrameCutter(false);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < stream.length(); i += size) {
      byte[] read = ascii(stream.substring(i, Math.min(stream.length(), i + size)));
      found.addAll(frames(cutter.cut(read, read.length)));
    }
    assertThat(found).containsExactly("W0FAC0B1234", "R0FAC0B", "R0fac0c", "W0FAC0Babcd");
  }

  @Test
  void shouldTakeNoFrameThatIsTooLong() {
    byte[] read = ascii("W0FAC0B12345");
    assertThat(frames(new FrameCutter(false).cut(read, read.length))).isEmpty();
  }

  @Test
  void shouldTakeAnExplanationForAPartOfItsReply() {
    byte[] read = ascii("A0FAC0B1234X not-writtenXA0FAC0B0001");
    assertThat(frames(new FrameCutter(true).cut(read, read.length)))
        .containsExactly("A0FAC0B1234", "X not-written", "X", "A0FAC0B0001");
  }

  @Test
  void shouldSayWhereTheRestOfAReleasedFrameEnds() {
    FrameCutter cutter = new FrameCutter(true);
    byte[] begun = ascii("A0FA");
    assertThat(cutter.cut(begun, begun.length)).isEmpty();
    assertThat(text(cutter.release())).isEqualTo("A0FA");
    byte[] rest = ascii("C0B1234A0FAC0B1234");
    List<Piece> pieces = cutter.cut(rest, rest.length);
    assertThat(pieces.stream().filter(each -> each.kind() == Piece.Kind.REST)).hasSize(1);
    assertThat(frames(pieces)).containsExactly("A0FAC0B1234");
  }
}
