package io.wwep.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MAC addresses and the device IDs that come of them. */
class MacAddressTest {

  @ParameterizedTest
  @CsvSource({
    // The octets' sum, worked out by hand.
    "00:00:00:00:00:00, 0x0000",
    "00:00:00:00:00:01, 0x0001",
    "01:02:03:04:05:06, 0x0015",
    "00:A0:50:12:34:56, 0x018C",
    "FF:FF:FF:FF:FF:FF, 0x05FA",
  })
  void shouldAddTheOctetsToADeviceId(String mac, String id) {
    assertThat(MacAddress.parse(mac).deviceId()).isEqualTo(Integer.decode(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00:a0:50:12:34:56", "00-A0-50-12-34-56", "00a050123456", " 00:A0:50:12:34:56\n"})
  void shouldTakeEveryCommonForm(String text) {
    assertThat(MacAddress.parse(text)).hasToString("00:A0:50:12:34:56");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00:A0:50:12:34",
        "00:A0:50:12:34:56:78",
        "00:A0:50:12:34:5G",
        "00:A0-50:12:34:56",
        "0:A0:50:12:34:56"
      })
  void shouldRefuseWhatIsNoMacAddressAndShowOne(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse(text))
        .withMessageContaining("00:A0:50:12:34:56")
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 48})
  void shouldRefuseNumbersOfMoreThan48Bits(long bits) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(bits));
  }

  @Test
  void shouldMarkRandomAddressesAsLocalAndForOneReceiver() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> MacAddress.random(random)))
        .allMatch(mac -> (Integer.parseInt(mac.toString().substring(0, 2), 16) & 3) == 2)
        .doesNotHaveDuplicates();
  }
}
