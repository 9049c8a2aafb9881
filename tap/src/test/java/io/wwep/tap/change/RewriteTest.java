package io.wwep.tap.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewriteTest {

  private static String apply(String rule, String frame) {
    Rewrite rewrite = Rewrite.parse(rule);
    byte[] bytes = frame.getBytes(StandardCharsets.US_ASCII);
    return rewrite.fits(bytes)
        ? new String(rewrite.apply(bytes), StandardCharsets.US_ASCII)
        : "no fit";
  }

  @ParameterizedTest
  @CsvSource({
    "W....05=.... -> 0001,        W0FAC050000, W0FAC050001",
    "W....05=....->0001,          W0FAC050000, W0FAC050001",
    "'  W....05  ->  0001 ',      W0FAC050000, W0FAC050001",
    "W....05=0000 -> 0001,        W0FAC051234, no fit",
    "W....05=.... -> 0001,        W0FAC060000, no fit",
    "W....05=.... -> 0001,        R0FAC05,     no fit",
    "W0FAC..=...0 -> ...1,        W0FAC051230, W0FAC051231",
    "w....05=.... -> 0001,        x,           error",
    "Wffff05=abcd -> AAAA,        Wffff05abcd, Wffff05AAAA",
    "W....05=.... -> W....06=00.., W0FAC051234, W0FAC060034",
    "W....05=.... -> W0FAD05,     W0FAC051234, W0FAD051234",
    "R....05 -> R....06,          R0FAC05,     R0FAC06",
    "A....05=0001 -> 0000,        A0FAC050001, A0FAC050000",
    "A....05=0001 -> AAAA,        A0FAC050001, A0FAC05AAAA",
    "A....05=0001 -> A....06,     A0FAC050001, A0FAC060001",
  })
  void shouldMakeOneFrameOfAnother(String rule, String frame, String expected) {
    if (expected.equals("error")) {
      assertThatThrownBy(() -> Rewrite.parse(rule)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(apply(rule, frame)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "\"\";                     column 1;  begins with W (write), R (read) or A (reply)",
        "X....05 -> 0001;          column 1;  begins with W",
        "W...G05=.... -> 0001;     column 5;  'G' is no hex digit",
        "W....5=.... -> 0001;      column 7;  6 hex digits, and here are 5",
        "W....05=... -> 0001;      column 12; 4 hex digits, and here are 3",
        "W....05=....;             column 13; expected '->'",
        "W....05=.... 0001;        column 14; expected '->'",
        "W....05=.... ->;          column 16; the new value has 4 hex digits, and here are 0",
        "W....05=.... -> 00012;    column 21; the rule ends here, and '2' follows",
        "W....05=.... -> R....05;  column 17; 'R' is no hex digit",
        "R....05 -> 0001;          column 12; a read becomes another read",
        "R....05=0001 -> R....06;  column 8;  expected '->'",
      })
  void shouldNameTheColumnOfAnError(String rule, String column, String reason) {
    assertThatThrownBy(() -> Rewrite.parse(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(column + " of")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W....05=.... -> 0001", "R....05 -> R....06"})
  void shouldTakeOrRefuseWhateverIsTyped(String rule) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(rule);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, (char) random.nextInt(0x100));
      }
      try {
        assertThat(Rewrite.parse(text.toString())).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("is no rule at column");
      }
    }
  }

  @Test
  void shouldRefuseARuleWithoutEnd() {
    assertThatThrownBy(() -> Rewrite.parse("W".repeat(1_000)))
        .hasMessageContaining("at most 200 characters");
  }
}
