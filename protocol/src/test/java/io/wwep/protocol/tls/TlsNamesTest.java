package io.wwep.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsNamesTest {

  @ParameterizedTest
  @CsvSource({
    "0x0200, SSL 2,          ",
    "0x0300, SSL 3,          SSLv3",
    "0x0301, TLS 1.0,        TLSv1",
    "0x0302, TLS 1.1,        TLSv1.1",
    "0x0303, TLS 1.2,        TLSv1.2",
    "0x0304, TLS 1.3,        TLSv1.3",
    "0x7F1C, version 0x7F1C, ",
  })
  void shouldNameVersionsForPeopleAndForEngines(String number, String words, String engine) {
    int version = Integer.decode(number);
    assertThat(TlsNames.version(version)).isEqualTo(words);
    assertThat(TlsNames.engineVersion(version).orElse(null)).isEqualTo(engine);
  }

  @Test
  void shouldNameWhatTheRegistriesName() {
    assertThat(TlsNames.suite(0xC02B)).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    assertThat(TlsNames.group(0x0017)).isEqualTo("P-256");
    assertThat(TlsNames.signature(0x0403)).isEqualTo("ECDSA with SHA-256");
    assertThat(TlsNames.message(12)).hasValue("ServerKeyExchange");
  }

  @Test
  void shouldShowAsNumbersWhatHasNoNameHere() {
    assertThat(TlsNames.suite(0xFFFE)).isEqualTo("0xFFFE");
    assertThat(TlsNames.group(0x0001)).isEqualTo("0x0001");
    assertThat(TlsNames.signature(0x0001)).isEqualTo("0x0001");
    assertThat(TlsNames.message(99)).isEmpty();
  }

  @Test
  void shouldListTheFirstFewAndSayHowManyMore() {
    assertThat(TlsNames.groups(List.of(0x1D, 0x17, 0x18), 3)).isEqualTo("X25519, P-256, P-384");
    assertThat(TlsNames.groups(List.of(0x1D, 0x17, 0x18), 2)).isEqualTo("X25519, P-256 and 1 more");
    assertThat(TlsNames.versions(List.of(), 2)).isEqualTo("none");
  }

  @Test
  void shouldLeaveSignalsOutOfSuites() {
    assertThat(TlsNames.suites(List.of(0x1301, 0x00FF, 0x5600), 1))
        .isEqualTo("TLS_AES_128_GCM_SHA256");
    assertThat(TlsNames.suites(List.of(0x00FF), 1)).isEqualTo("none");
  }
}
