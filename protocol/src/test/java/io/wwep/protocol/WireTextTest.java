package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTest {

  @Test
  void shouldShowPrintableAsciiButTheBackslashAsIsAndTheRestInHex() {
    for (int i = 0; i < 256; i++) {
      boolean shownAsIs = i >= 0x20 && i <= 0x7E && i != '\\';
      String expected = shownAsIs ? "" + (char) i : "\\x%02X".formatted(i);
      assertThat(WireText.show((byte) i)).isEqualTo(expected);
      assertThat(WireText.show(new byte[] {'W', (byte) i, '4'})).isEqualTo("W" + expected + "4");
    }
  }

  @Test
  void shouldCutWhatIsShownAt64Bytes() {
    assertThat(WireText.show(new byte[0])).isEmpty();
    assertThat(WireText.show(Reads.bytes("A".repeat(64)))).isEqualTo("A".repeat(64));
    assertThat(WireText.show(Reads.bytes("A".repeat(65)))).isEqualTo("A".repeat(64) + "…");
    assertThat(WireText.show(new byte[70])).isEqualTo("\\x00".repeat(64) + "…");
  }

  @ParameterizedTest
  @CsvSource({
    "W0FAC0B1234, 5730464143304231323334",
    "R\\r\\n, 520D0A",
    "\\t\\0\\\\, 09005C",
    "\\x00\\xff\\xFf, 00FFFF",
    "\\x411, 4131",
    "\\01, 0031",
    "é, C3A9",
    "😀, F09F9880",
  })
  void shouldParseWhatAPersonMeans(String text, String hex) {
    assertThat(WireText.parse(text)).asHexString().isEqualTo(hex);
  }

  @Test
  void shouldParseNothingAsNothing() {
    assertThat(WireText.parse("")).isEmpty();
  }

  @Test
  void shouldParseBackEveryByteThatItShows() {
    for (int i = 0; i < 256; i++) {
      assertThat(WireText.parse(WireText.show((byte) i))).containsExactly((byte) i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\q", "\\x", "\\x1", "\\xG1", "\\x1G", "\\x-1", "\\xé1", "\\R"})
  void shouldRefuseUnknownEscapesWithTheirPosition(String escape) {
    assertThatThrownBy(() -> WireText.parse("R0" + escape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown escape " + escape + " at position 3: use ")
        .hasMessageContaining("\\xNN");
  }

  @Test
  void shouldNameNoMoreThanTheEscapeItself() {
    assertThatThrownBy(() -> WireText.parse("\\qwertz"))
        .hasMessageStartingWith("unknown escape \\qwe at position 1:");
  }

  @Test
  void shouldParseALongText() {
    String text = "é".repeat(1000);
    assertThat(WireText.parse(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }
}
