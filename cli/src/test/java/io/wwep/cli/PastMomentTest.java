package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PastMomentTest {

  private static final Instant NOW = Instant.parse("2026-12-24T12:00:00Z");

  private static Instant moment(String text) {
    return new PastMoment(Clock.fixed(NOW, ZoneOffset.UTC)).convert(text);
  }

  @ParameterizedTest
  @CsvSource({
    "90s, 2026-12-24T11:58:30Z",
    "30m, 2026-12-24T11:30:00Z",
    "2 H, 2026-12-24T10:00:00Z",
    "7d, 2026-12-17T12:00:00Z",
    "999999999d, 1970-01-01T00:00:00Z",
    "11:59, 2026-12-24T11:59:00Z",
    "9:05, 2026-12-24T09:05:00Z",
    "12:00:00, 2026-12-24T12:00:00Z",
    "12:01, 2026-12-23T12:01:00Z",
    "2026-12-01, 2026-12-01T00:00:00Z",
    "2026-12-01T18:30:00.5Z, 2026-12-01T18:30:00.500Z",
    "2026-12-01 18:30, 2026-12-01T18:30:00Z"
  })
  void shouldTakeAgesTimesOfTheLastDayAndMoments(String text, Instant moment) {
    assertThat(moment(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "2 weeks", "-2h", "24:00", "25:61", "yesterday", "2026-02-30"})
  void shouldShowTheForms(String text) {
    assertThatThrownBy(() -> moment(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("30m, 2h or 7d", "14:05")
        .hasMessageEndingWith("not '" + text + "'");
  }
}
