package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryLimitTest {

  @ParameterizedTest
  @CsvSource({
    "90d, 7776000000",
    "12h, 43200000",
    "30m, 1800000",
    "45s, 45000",
    "0s, 0",
    "' 7 D ', 604800000",
    "999999999d, 86399999913600000",
    "00000000090d, 7776000000"
  })
  void shouldParseAges(String text, long millis) {
    assertThat(HistoryLimit.parse(text)).isEqualTo(new HistoryLimit(millis, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({"1000000rows, 1000000", "1 row, 1", "0rows, 0", "5ROWS, 5"})
  void shouldParseRows(String text, long rows) {
    assertThat(HistoryLimit.parse(text)).isEqualTo(new HistoryLimit(Long.MAX_VALUE, rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "d", "-1d", "1.5h", "90 days", "9w", "1d2h"})
  void shouldRejectOtherTextAndShowTheForms(String text) {
    assertThatThrownBy(() -> HistoryLimit.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("write 90d, 12h, 30m, 45s or 1000000rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000d", "999999999999d", "99999999999999999999rows"})
  void shouldNameTheRangeToWhoIsBeyondIt(String text) {
    assertThatThrownBy(() -> HistoryLimit.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("0 to 999999999");
  }

  @Test
  void shouldRejectNegativeBounds() {
    assertThatThrownBy(() -> new HistoryLimit(-1, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("history bounds must not be negative: -1 ms, 5 rows");
    assertThatThrownBy(() -> new HistoryLimit(5, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepNinetyDaysByDefault() {
    assertThat(HistoryLimit.DEFAULT).isEqualTo(HistoryLimit.parse("90d"));
  }
}
