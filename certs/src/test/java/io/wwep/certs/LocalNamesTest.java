package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalNamesTest {

  @Test
  void shouldAlwaysHaveTheLoopbacks() {
    assertThat(LocalNames.all()).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(LocalNames.addresses()).hasSizeLessThanOrEqualTo(LocalNames.ADDRESSES_MAX);
    assertThat(LocalNames.all()).noneMatch(each -> each.contains("%"));
  }

  @Test
  void shouldHaveAHostNameThatACertificateCanHold() {
    assertThat(LocalNames.hostName()).matches("[a-z0-9._-]{1,253}");
  }

  @Test
  void shouldFindTheAddressesThatACertificateDoesNotName() throws Exception {
    Identity identity =
        Identities.selfSigned(
            KeyAlgorithm.EC_P256,
            "wall",
            List.of("localhost", "127.0.0.1", "192.168.7.9"),
            new Validity(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")));
    List<InetAddress> local =
        List.of(
            InetAddress.getLoopbackAddress(),
            InetAddress.getByName("192.168.7.9"),
            InetAddress.getByName("10.1.2.3"),
            InetAddress.getByName("2001:db8::1"));
    assertThat(LocalNames.missingAddresses(identity.certificate(), local))
        .containsExactly("10.1.2.3", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void shouldKeepAddressesOfBoardsApart() {
    assertThat(LocalNames.boardAddresses())
        .allMatch(each -> each instanceof Inet4Address)
        .noneMatch(each -> each.isLoopbackAddress() || each.isLinkLocalAddress())
        .isSubsetOf(LocalNames.addresses());
  }
}
