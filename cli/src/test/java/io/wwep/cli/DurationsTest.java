package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "150ms, 150",
    "10s, 10000",
    "5m, 300000",
    "1h, 3600000",
    "24h, 86400000",
    "86400000, 86400000",
    "250, 250",
    "2 S, 2000",
    "1, 1",
    "00000000000010s, 10000"
  })
  void shouldRead(String text, long millis) {
    assertThat(new Durations.OfConnection().convert(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ms", "-1s", "1.5s", "5d", "5 parsecs", "1s 2ms"})
  void shouldShowTheForms(String text) {
    assertThatThrownBy(() -> new Durations.OfConnection().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("150ms, 10s or 5m, not '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0h", "25h", "86400001", "9999999999h", "99999999999999999999999ms"})
  void shouldNameTheRangeAndWhatWasTyped(String text) {
    assertThatThrownBy(() -> new Durations.OfConnection().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("takes a time from 1ms to 24h, not '%s'", text);
  }

  @ParameterizedTest
  @CsvSource({"10m, true", "600001, false", "11m, false", "99999999999h, false"})
  void shouldHaveARangeOfItsOwnForReplies(String text, boolean fits) {
    assertThat(fits(text)).isEqualTo(fits);
  }

  private static boolean fits(String text) {
    try {
      return new Durations.OfReply().convert(text) != null;
    } catch (TypeConversionException e) {
      assertThat(e).hasMessage("takes a time from 1ms to 10m, not '%s'", text);
      return false;
    }
  }
}
