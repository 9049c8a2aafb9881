package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.tls.TlsAlert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertWordsTest {

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatToDo(TlsAlert alert) {
    assertThat(AlertWords.meaning(alert)).hasSizeBetween(40, 400).doesNotEndWith(".");
  }
}
