package io.wwep.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000Z",
    "1764071400000, 2025-11-25T11:50:00.000Z",
    "253402300799999, 9999-12-31T23:59:59.999Z",
    "253402300800000, +10000-01-01T00:00:00.000Z",
  })
  void shouldWriteWhatEveryReaderOfIso8601Takes(long millis, String text) {
    assertThat(Times.text(millis)).isEqualTo(text);
    assertThat(Instant.parse(Times.text(millis)).toEpochMilli()).isEqualTo(millis);
  }

  @Test
  void shouldReadAMomentOfAnyZone() {
    assertThat(Times.parse("1970-01-01T01:00:00.5+01:00")).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "2026-11-25", "now", ""})
  void shouldRefuseWhatIsNoMomentFrom1970To9999(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1970 to 9999");
  }
}
