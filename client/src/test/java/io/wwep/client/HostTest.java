package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may give as a host, and what is said of the rest. */
class HostTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:27708",
    "' wwep.example ', wwep.example:27708",
    "192.168.1.5, 192.168.1.5:27708",
    "::1, [::1]:27708",
    "[2001:db8::1], [2001:db8::1]:27708",
    "::ffff:1.2.3.4, [::ffff:1.2.3.4]:27708",
    "fe80::1%eth0, [fe80::1%eth0]:27708"
  })
  void shouldTakeNamesAndAddresses(String host, String endpoint) {
    try (WwepClient client = WwepClient.builder(host).build()) {
      assertThat(client.endpoint()).isEqualTo(endpoint);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:27708, localhost, 27708",
    "127.0.0.1:5, 127.0.0.1, 5",
    "[::1]:27708, ::1, 27708",
    "http://localhost:8080/a?b, localhost, 8080",
    "wwep://[::1]:5, ::1, 5"
  })
  void shouldSayWhereThePortGoes(String given, String host, String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WwepClient.builder(given))
        .withMessageStartingWith("host must be a name or an IP address")
        .withMessageContaining("not '%s'", given)
        .withMessageEndingWith("give %s as the host and %s as the port".formatted(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, localhost",
    "HTTPS://wwep.example/, wwep.example",
    "tcp://[::1]/x, ::1"
  })
  void shouldAskForTheHostOfAUrl(String given, String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WwepClient.builder(given))
        .withMessageContaining("without scheme")
        .withMessageContaining("not '%s'", given)
        .withMessageEndingWith("give %s as the host".formatted(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:", "localhost:plain", "http://", "1:2:3", "00:A0:50:12:34:56", "a:b:c"})
  void shouldNotTakeWhatOnlyHasColonsForAnAddress(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WwepClient.builder(given))
        .withMessage(
            "host must be a name or an IP address, not '%s': check its spelling".formatted(given));
  }
}
