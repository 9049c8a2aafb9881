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
    "250, 250",
    "2 S, 2000",
    "0, 0"
  })
  void shouldRead(String text, long millis) {
    assertThat(new Durations().convert(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ms", "-1s", "1.5s", "5d", "5 parsecs", "10000000000", "1s 2ms"})
  void shouldRefuse(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("150ms, 10s or 5m, not '" + text + "'");
  }
}
