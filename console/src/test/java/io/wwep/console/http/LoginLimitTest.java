package io.wwep.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginLimitTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final LoginLimit limit = new LoginLimit(now::get);

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private void fail(InetAddress address, int times) {
    for (int i = 0; i < times; i++) {
      limit.failed(address);
    }
  }

  @Test
  void shouldHoldAnAddressBackForAMinute() throws UnknownHostException {
    InetAddress address = address("192.0.2.1");
    fail(address, LoginLimit.FAILURES_OF_ADDRESS_MAX - 1);
    assertThat(limit.waitSeconds(address)).isZero();

    fail(address, 1);

    assertThat(limit.waitSeconds(address)).isBetween(59, 61);
    assertThat(limit.waitSeconds(address("192.0.2.2"))).isZero();
    now.addAndGet(LoginLimit.WINDOW_NANOS);
    assertThat(limit.waitSeconds(address)).isZero();
  }

  @Test
  void shouldCountANetworkOfIpv6AsOneAddress() throws UnknownHostException {
    for (int i = 0; i < LoginLimit.FAILURES_OF_ADDRESS_MAX; i++) {
      limit.failed(address("2001:db8:1:2::" + i));
    }

    assertThat(limit.waitSeconds(address("2001:db8:1:2::ffff"))).isPositive();
    assertThat(limit.waitSeconds(address("2001:db8:1:3::1"))).isZero();
  }

  @Test
  void shouldHoldAllBackWhenManyAddressesTry() throws UnknownHostException {
    for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
      limit.failed(address("198.51.100." + i));
    }

    assertThat(limit.waitSeconds(address("192.0.2.1"))).isPositive();
    assertThat(limit.waitSecondsOfAddress(address("192.0.2.1"))).isZero();
  }
}
