package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time is a number that each test moves. */
class AddressTableTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Limits LIMITS = Limits.DEFAULT.withRequestsPerSecond(2);

  private final AddressTable table = new AddressTable(LIMITS);

  private static long key(String address) throws Exception {
    return AddressTable.key(InetAddress.getByName(address));
  }

  private static void useUp(AddressUse use, long now) {
    while (use.requests.take(now)) {
      // Until it is empty.
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.7, ::ffff:192.0.2.7, true",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "::1, 0.0.0.0, false",
    "::1, 127.0.0.1, false",
    "fe80::1, fe80::2, false",
    "fe80::ffff:0:c000:207, 192.0.2.7, false",
    "fe80::2001:db8:0:1, 2001:db8:0:1::1, false",
    "169.254.0.1, 169.254.0.2, false",
  })
  void shouldCountIpv4ByAddressAndIpv6ByNetwork(String one, String other, boolean together)
      throws Exception {
    assertThat(key(one) == key(other)).isEqualTo(together);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:0:1:5:6:7:8, 2001:db8:0:1::/64",
    "fe80::1, fe80::1",
    "::1, ::/64",
  })
  void shouldSayWhatIsCountedTogether(String address, String words) throws Exception {
    assertThat(AddressTable.words(InetAddress.getByName(address))).isEqualTo(words);
  }

  @Test
  void shouldCountConnectionsOfEachAddressUpAndDown() {
    AddressTable.Entrance first = table.enter(1, 0);
    assertThat(first.number()).isEqualTo(1);
    assertThat(table.enter(1, 0).number()).isEqualTo(2);
    assertThat(table.enter(2, 0).number()).isEqualTo(1);
    table.leave(first.use(), 0);
    assertThat(table.enter(1, 0).number()).isEqualTo(2);
  }

  @Test
  void shouldNotRepeatALineWithinASecondForOneThatConnectsAnew() {
    AddressUse use = table.enter(1, 0).use();
    assertThat(use.connectionNews.passes(0)).isTrue();
    table.leave(use, 0);
    AddressUse again = table.enter(1, 999_999_999).use();
    assertThat(again.connectionNews.passes(999_999_999)).isFalse();
    table.leave(again, 999_999_999);
    table.leave(table.enter(2, 1_000_000_000).use(), 1_000_000_000);
    assertThat(table.size()).isZero();
  }

  @Test
  void shouldForgetAnAddressThatHasGone() {
    table.leave(table.enter(1, 0).use(), 0);
    assertThat(table.size()).isZero();
  }

  @Test
  void shouldNotFillTheBucketOfOneThatConnectsAnew() {
    AddressUse use = table.enter(1, 0).use();
    useUp(use, 0);
    table.leave(use, 0);
    assertThat(table.enter(1, SECOND / 4).use().requests.take(SECOND / 4)).isFalse();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void shouldForgetABucketThatHasFilled() {
    AddressUse use = table.enter(1, 0).use();
    useUp(use, 0);
    table.leave(use, 0);
    table.enter(2, SECOND - 1);
    assertThat(table.size()).isEqualTo(2);
    table.enter(3, SECOND);
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void shouldStaySmallWhateverTheNumberOfAddresses() {
    for (int i = 0; i < 200_000; i++) {
      AddressUse use = table.enter(i, 0).use();
      useUp(use, 0);
      table.leave(use, 0);
      assertThat(table.size()).isLessThanOrEqualTo(AddressTable.RESTING_MAX);
    }
  }

  @Test
  void shouldKnowAnAddressWhileItIsConnectedHoweverManyComeAndGo() {
    AddressUse stays = table.enter(-7, 0).use();
    manyComeAndGo();
    assertThat(table.enter(-7, 0).use()).isSameAs(stays);
  }

  private void manyComeAndGo() {
    for (int i = 0; i < 3 * AddressTable.RESTING_MAX; i++) {
      AddressUse use = table.enter(i, 0).use();
      useUp(use, 0);
      table.leave(use, 0);
    }
    assertThat(table.size()).isEqualTo(AddressTable.RESTING_MAX + 1);
  }

  @Test
  void shouldLoseNoneOfTheCountsOfManyThreads() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(seed + i);
      threads.add(new Thread(() -> comeAndGo(random)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(table.size()).isZero();
  }

  private void comeAndGo(Random random) {
    List<AddressUse> inside = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (inside.isEmpty() || random.nextBoolean()) {
        inside.add(table.enter(random.nextInt(8), 0).use());
      } else {
        table.leave(inside.remove(random.nextInt(inside.size())), 0);
      }
    }
    inside.forEach(use -> table.leave(use, 0));
  }

  @Test
  void shouldCountHandshakesThatAreUnderWayOnly() {
    AddressUse use = new AddressTable(LIMITS.withHandshakesPerAddress(2)).enter(1, 0).use();
    assertThat(use.beginHandshake()).isTrue();
    assertThat(use.beginHandshake()).isTrue();
    assertThat(use.beginHandshake()).isFalse();
    use.endHandshake();
    assertThat(use.beginHandshake()).isTrue();
    assertThat(use.beginHandshake()).isFalse();
  }
}
