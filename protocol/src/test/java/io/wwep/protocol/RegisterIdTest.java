package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterIdTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 000000",
    "4012, 11, 1027083, 0FAC0B",
    "0, 255, 255, 0000FF",
    "1, 0, 256, 000100",
    "65535, 255, 16777215, FFFFFF",
  })
  void shouldConvertBetweenNumbersAddressAndDigits(
      int device, int register, int address, String digits) {
    RegisterId id = new RegisterId(device, register);

    assertThat(id.address()).isEqualTo(address);
    assertThat(id).hasToString(digits);
    assertThat(RegisterId.ofAddress(address)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-1; 0; device must be 0 to 65535 (0xFFFF), not -1",
        "65536; 0; device must be 0 to 65535 (0xFFFF), not 65536",
        "0; -1; register must be 0 to 255 (0xFF), not -1",
        "0; 256; register must be 0 to 255 (0xFF), not 256",
      })
  void shouldRefuseNumbersOutOfRange(int device, int register, String message) {
    assertThatThrownBy(() -> new RegisterId(device, register))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"-1", "16777216", "-2147483648", "2147483647"})
  void shouldRefuseAddressesOutOfRange(int address) {
    assertThatThrownBy(() -> RegisterId.ofAddress(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address must be 0 to 16777215 (0xFFFFFF), not " + address);
  }

  @Test
  void shouldTakeValuesOf16Bits() {
    assertThat(RegisterId.requireValue(0)).isZero();
    assertThat(RegisterId.requireValue(65_535)).isEqualTo(65_535);
  }

  @ParameterizedTest
  @CsvSource({"-1", "65536"})
  void shouldRefuseValuesOutOfRange(int value) {
    assertThatThrownBy(() -> RegisterId.requireValue(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value must be 0 to 65535 (0xFFFF), not " + value);
  }
}
