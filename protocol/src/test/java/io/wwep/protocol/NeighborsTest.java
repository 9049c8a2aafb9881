package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighborsTest {

  @Test
  void shouldTakeEveryMixOfDoors() {
    assertThat(new Neighbors(1, 65_535, "http://127.0.0.1/").tlsPort()).isEqualTo(65_535);
    assertThat(new Neighbors(-1, -1, null).consoleUrl()).isNull();
    assertThat(new Neighbors(27708, -1, null).plainPort()).isEqualTo(27708);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 65_536})
  void shouldRefusePortsThatNobodyCanConnectTo(int port) {
    assertThatThrownBy(() -> new Neighbors(port, -1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plain port must be 1 to 65535, or -1 for none, not " + port);
    assertThatThrownBy(() -> new Neighbors(-1, port, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS port must be 1 to 65535, or -1 for none, not " + port);
  }
}
