package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

  @ParameterizedTest
  @CsvSource({
    "wwep.lab, wwep.lab, wwep.lab",
    "WWEP.Lab., wwep.lab, wwep.lab",
    "localhost, localhost, localhost",
    "lab_7.local, lab_7.local, lab_7.local",
    "*.lab, *.lab, _wildcard.lab",
    "prüfstand.example, xn--prfstand-75a.example, xn--prfstand-75a.example",
    "192.168.1.5, 192.168.1.5, 192.168.1.5",
    "fd00::7, fd00::7, fd00--7",
    "[FD00:0::7], fd00::7, fd00--7",
    "0:0:0:0:0:0:0:1, ::1, _--1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3, 1-0-0-2--3",
    "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0, 1-2-3-4-5-6-7-0",
    "::, ::, _--",
    "::ffff:10.0.0.1, 10.0.0.1, 10.0.0.1",
    "NUL, nul, _nul",
    "com1.lab, com1.lab, _com1.lab",
    "console.lab, console.lab, console.lab",
  })
  void shouldTakeNamesAndAddresses(String typed, String text, String fileName) {
    ServerName name = ServerName.of(typed);
    assertThat(name.text()).isEqualTo(text);
    assertThat(name.fileName()).isEqualTo(fileName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a..b",
        "a b",
        "192.168.1.300",
        "192.168.1",
        "12345",
        "*",
        "a.*.b",
        "fd00::7%eth0",
        "../etc",
        "a/b",
        "C:\\x",
        "a\u0000b",
        "::1::2",
        "cafe:",
        "1:2:3:4:5:6:7:",
        "192.168.001.005",
        "-x",
        "x-.lab",
        "[wwep.lab]",
        "[10.0.0.1",
        "*.192.168.1.5"
      })
  void shouldRefuseOthers(String typed) {
    assertThatThrownBy(() -> ServerName.of(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes a host name or an IP address");
  }

  @ParameterizedTest
  @CsvSource({
    "https://wwep.lab, without https:// and a path",
    "wwep.lab/x, without https:// and a path",
    "wwep.lab:40508, without a port",
    "192.168.1.5:40508, without a port",
    "[fd00::7]:40508, without a port",
    ":8080, without a port",
    "stra\u00DFe.example, in its xn-- form",
  })
  void shouldSayWhatIsTooMuch(String typed, String reason) {
    assertThatThrownBy(() -> ServerName.of(typed)).hasMessageContaining(reason);
  }

  @Test
  void shouldKnowThisComputer() {
    assertThat(ServerName.ofThisComputer())
        .contains(ServerName.of("localhost"), ServerName.of("127.0.0.1"));
  }
}
