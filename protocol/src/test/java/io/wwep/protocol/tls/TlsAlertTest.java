package io.wwep.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsAlertTest {

  @ParameterizedTest
  @CsvSource({
    "0, close_notify",
    "10, unexpected_message",
    "20, bad_record_mac",
    "22, record_overflow",
    "40, handshake_failure",
    "42, bad_certificate",
    "43, unsupported_certificate",
    "44, certificate_revoked",
    "45, certificate_expired",
    "46, certificate_unknown",
    "47, illegal_parameter",
    "48, unknown_ca",
    "49, access_denied",
    "50, decode_error",
    "51, decrypt_error",
    "70, protocol_version",
    "71, insufficient_security",
    "80, internal_error",
    "86, inappropriate_fallback",
    "90, user_canceled",
    "109, missing_extension",
    "110, unsupported_extension",
    "112, unrecognized_name",
    "113, bad_certificate_status_response",
    "115, unknown_psk_identity",
    "116, certificate_required",
    "120, no_application_protocol",
  })
  void shouldHaveTheNumbersOfTheStandard(int number, String word) {
    TlsAlert alert = TlsAlert.of(number).orElseThrow();
    assertThat(alert.number()).isEqualTo(number);
    assertThat(alert.word()).isEqualTo(word);
    assertThat(TlsAlert.named(word)).containsSame(alert);
    assertThat(alert).hasToString(number + " (" + word + ")");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 39, 255, 256})
  void shouldKnowNothingOfOtherNumbers(int number) {
    assertThat(TlsAlert.of(number)).isEmpty();
  }

  @Test
  void shouldKnowNothingOfOtherNames() {
    assertThat(TlsAlert.named("unknown")).isEmpty();
  }
}
