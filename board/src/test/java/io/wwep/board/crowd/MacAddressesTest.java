package io.wwep.board.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.board.MacAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses whose device IDs do not clash. */
class MacAddressesTest {

  private static List<MacAddress> behind(String first, int count) {
    return MacAddresses.consecutive(MacAddress.parse(first), count);
  }

  @Test
  void shouldTakeOneBehindTheOther() {
    assertThat(behind("00:A0:50:12:34:56", 3))
        .extracting(MacAddress::toString)
        .containsExactly("00:A0:50:12:34:56", "00:A0:50:12:34:57", "00:A0:50:12:34:58");
  }

  /** Behind FF an octet begins anew, and its sums have been there if enough were before it. */
  @Test
  void shouldLeaveOutThoseWhoseDeviceIdIsTaken() {
    List<MacAddress> addresses = behind("00:00:00:00:00:00", 257);
    assertThat(addresses.get(255)).hasToString("00:00:00:00:00:FF");
    assertThat(addresses.get(256)).hasToString("00:00:00:00:01:FF");
    assertThat(behind("02:00:00:00:00:FE", 4))
        .extracting(MacAddress::toString)
        .containsExactly(
            "02:00:00:00:00:FE", "02:00:00:00:00:FF", "02:00:00:00:01:00", "02:00:00:00:01:01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:A0:50:12:34:56", "00:00:00:00:00:00", "02:00:00:00:00:FE"})
  void shouldFindAThousandInOrder(String first) {
    List<MacAddress> addresses = behind(first, Crowd.BOARDS_MAX);
    assertThat(addresses).extracting(MacAddress::bits).isSorted().doesNotHaveDuplicates();
    assertThat(addresses).extracting(MacAddress::deviceId).doesNotHaveDuplicates();
  }

  /** By looking at each address, as no program would. */
  @Test
  void shouldLeaveNoneOutThatCouldBeTaken() {
    List<MacAddress> addresses = behind("00:A0:50:12:F4:F6", 300);
    java.util.Set<Integer> taken = new java.util.HashSet<>();
    int found = 0;
    for (long bits = addresses.get(0).bits(); found < addresses.size(); bits++) {
      MacAddress address = new MacAddress(bits);
      if (taken.add(address.deviceId())) {
        assertThat(addresses.get(found)).isEqualTo(address);
        found++;
      }
    }
  }

  @Test
  void shouldSayThatThereAreNotSoManyBehindTheLastOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> behind("02:FF:FF:FF:FF:FE", 3))
        .withMessageContaining("no more than 2 addresses");
    assertThatIllegalArgumentException().isThrownBy(() -> behind("00:00:00:00:00:00", 1_001));
  }

  @Test
  void shouldDrawAThousandAtRandom() {
    long seed = new Random().nextLong();
    List<MacAddress> addresses = MacAddresses.random(new Random(seed), Crowd.BOARDS_MAX);
    assertThat(addresses)
        .as("seed %d", seed)
        .extracting(MacAddress::deviceId)
        .hasSize(Crowd.BOARDS_MAX)
        .doesNotHaveDuplicates();
  }
}
