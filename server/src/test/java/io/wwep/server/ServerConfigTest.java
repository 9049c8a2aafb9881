package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServerConfigTest {

  private final ServerConfig config = ServerConfig.onFreePorts();

  @Test
  void shouldRejectPortsThatDoNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withPorts(65_536, 0))
        .withMessage("plain port must be -1 to 65535, not 65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withPorts(0, -2))
        .withMessageStartingWith("TLS port must be");
  }

  @Test
  void shouldRejectAServerThatServesNothingOrOnePortTwice() {
    int none = ServerConfig.NOT_SERVED;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withPorts(none, none))
        .withMessageStartingWith("nothing to serve");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withPorts(27708, 27708))
        .withMessageContaining("both 27708");
    assertThat(config.withPorts(0, 0).tlsPort()).isZero();
  }

  @Test
  void shouldRejectTimesBelowAMillisecondAndAboveADay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(0, 250, 1, 1, 1, 1))
        .withMessage("frame timeout must be 1 ms to 1 day, not 0 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(1, 1, 1, 1, 86_400_001, 30_000))
        .withMessageStartingWith("handshake timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(1, 1, 1, 1, 1, 0))
        .withMessageStartingWith("send timeout");
  }

  @Test
  void shouldRejectLimitsOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> config.withConnectionsMax(0));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withConnectionsMax(1_000_001));
    Limits limits = Limits.DEFAULT;
    assertThat(limits.withConnectionsPerAddress(Limits.NONE).connectionsPerAddressMax()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.withConnectionsPerAddress(-1))
        .withMessage("connections per address must be 0 to 1000000, not -1");
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withHandshakesPerAddress(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withRequestsPerSecond(1_000_001));
  }
}
