package io.wwep.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.ClientCertificate;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static final ClientCertificate DEVICE = ClientCertificate.supposed("0FAC");
  private static final ClientCertificate TEACHER = ClientCertificate.supposed("teacher");

  @ParameterizedTest
  @CsvSource({
    "*, 000000, true",
    "*, FFFFFF, true",
    "0FAC, 0FAC00, true",
    "0fac, 0FACFF, true",
    "0FAC, 0FAB00, false",
    "0FAC, 0FAD00, false",
    "0FAC:05, 0FAC05, true",
    "0FAC:05, 0FAC04, false",
    "0FAC:05, 0FAC06, false",
    "0001-001E:00-0F, 000100, true",
    "0001-001E:00-0F, 001E0F, true",
    "0001-001E:00-0F, 001E10, false",
    "0001-001E:00-0F, 001F0F, false",
    "0001-001E:00-0F, 000000, false",
    "*:05, ABCD05, true",
    "*:05, ABCD06, false",
    "0FAC:*, 0FAC06, true",
  })
  void shouldContainWhatItNames(String text, String address, boolean contained) {
    assertThat(Region.parse(text).contains(Integer.parseInt(address, 16))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FAC",
        "0FAC0B",
        "0FAC:5",
        "0FAC:005",
        "0FAC-",
        "0FAD-0FAC",
        "0FAC:0F-00",
        "0G00",
        "own-0FAC",
        "**",
        "*:",
        ":05",
        "0FAC:05:06"
      })
  void shouldNotTakeForARegionWhatIsNone(String text) {
    assertThatThrownBy(() -> Region.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldMakeOwnThatOfTheDevice() {
    Region own = Region.parse("own:05").ofDevice(0x0FAC);
    assertThat(own.contains(0x0FAC05)).isTrue();
    assertThat(own.contains(0x0FAC06)).isFalse();
    assertThat(own.contains(0x0FAD05)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.7, 192.168.1.7, true",
    "192.168.1.7, 192.168.1.8, false",
    "192.168.1.0/24, 192.168.1.255, true",
    "192.168.1.0/24, 192.168.2.0, false",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, fd00::7, true",
    "::/0, 127.0.0.1, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "::ffff:192.168.1.7, 192.168.1.7, true",
    "::ffff:192.168.1.0/120, 192.168.1.7, true",
    "::ffff:192.168.1.0/120, 192.168.2.7, false",
    "::ffff:0:0/96, 203.0.113.9, true",
    "::ffff:0:0/96, ::1, false",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
  })
  void shouldKnowWhoIsInANetwork(String network, String address, boolean inside) throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/24",
        "192.168.1",
        "192.168.1.0/33",
        "192.168.1.0/",
        "192.168.1.0/-1",
        "wwep.lab",
        "192.168.1.5/24",
        "fd00::1/8",
        "::ffff:10.0.0.0/8",
        "fe80::1%eth0",
        "192.168.1.0/2 4",
        "::g"
      })
  void shouldNotTakeForANetworkWhatIsNone(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "*, 0FAC, true",
    "0FAC, 0FAC, true",
    "0fac, 0FAC, true",
    "0FAC, 0fac, true",
    "0FAC, 0FAD, false",
    "0F00-0FFF, 0FAC, true",
    "0F00-0FFF, 1000, false",
    "0F00-0FFF, teacher, false",
    "0F00-0FFF, 0F00-0FFF, false",
    "teacher, teacher, true",
    "teacher, Teacher, false",
    "teacher, teachers, false",
  })
  void shouldKnowWhoseCertificateIsMeant(String name, String holder, boolean fits) {
    assertThat(CertificateName.parse(name).fits(ClientCertificate.supposed(holder)))
        .isEqualTo(fits);
    assertThat(CertificateName.parse(name).fits(null)).isFalse();
  }

  private static Requester requester(ClientCertificate client, Door door) {
    return new Requester(InetAddress.getLoopbackAddress(), door, client);
  }

  private static Grant grant(int line, String certificate, Door door, String read, String write) {
    return new Grant(
        line,
        certificate == null ? List.of() : List.of(CertificateName.parse(certificate)),
        List.of(),
        door,
        read == null ? List.of() : List.of(Region.parse(read)),
        write == null ? List.of() : List.of(Region.parse(write)));
  }

  @Test
  void shouldNameTheLineThatDecides() {
    Access access =
        Access.granting(
            new AccessPolicy(
                "p.toml",
                List.of(
                    grant(3, "teacher", null, "*", "*"),
                    grant(8, null, Door.PLAIN, "*:05", null),
                    grant(12, "*", Door.TLS, "*", "own"))),
            false);
    assertThat(access.decide(requester(TEACHER, Door.TLS), true, 0x0FAC05).line()).isEqualTo(3);
    assertThat(access.decide(requester(null, Door.PLAIN), false, 0x0FAC05).line()).isEqualTo(8);
    assertThat(access.decide(requester(DEVICE, Door.TLS), true, 0x0FAC05).line()).isEqualTo(12);
    assertThat(access.decide(requester(DEVICE, Door.TLS), true, 0x0FAD05))
        .extracting(Decision::allowed, Decision::line)
        .containsExactly(false, null);
    assertThat(access.decide(requester(DEVICE, Door.TLS), true, 0x0FAD05).reason())
        .contains("p.toml", "device 0FAC", "write register 05 of device 0FAD", "may read it");
    assertThat(access.decide(requester(null, Door.TLS), false, 0x0FAC05).allowed()).isFalse();
  }

  @Test
  void shouldTellTheConsoleFromThePorts() {
    Access access =
        Access.granting(
            new AccessPolicy(
                "p.toml",
                List.of(
                    grant(3, null, Door.CONSOLE, "*:05", null),
                    grant(7, null, null, "*:06", null),
                    grant(9, null, Door.PLAIN, "*:07", null))),
            false);
    Requester console = requester(null, Door.CONSOLE);
    assertThat(access.decide(console, false, 0x0FAC05).line()).isEqualTo(3);
    assertThat(access.decide(console, false, 0x0FAC06).line()).isEqualTo(7);
    assertThat(access.decide(console, false, 0x0FAC07).reason())
        .contains("a peer without a certificate (console, 127.0.0.1)");
    assertThat(access.decide(requester(null, Door.TLS), false, 0x0FAC05).allowed()).isFalse();
  }

  @Test
  void shouldDenyEverythingByAnEmptyPolicyButItsOwnToABoundDevice() {
    AccessPolicy none = new AccessPolicy("p.toml", List.of());
    assertThat(Access.granting(none, true).decide(requester(DEVICE, Door.TLS), true, 0x0FAC05))
        .extracting(Decision::allowed, Decision::line)
        .containsExactly(true, null);
    assertThat(
            Access.granting(none, false)
                .decide(requester(DEVICE, Door.TLS), true, 0x0FAC05)
                .allowed())
        .isFalse();
    assertThat(Access.granting(none, true).decide(requester(null, Door.PLAIN), false, 0).allowed())
        .isFalse();
    assertThat(Access.OPEN.of(requester(null, Door.PLAIN))).isNull();
  }
}
