package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Tool;
import io.wwep.it.clients.CPrograms.Library;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.MutualTls;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A board in C before a server that wants to know who it is. */
@Timeout(120)
class CIdentityTest {

  @TempDir private static Path directory;
  @TempDir private static Path elsewhere;
  private static ServerWithCertificate good;

  @BeforeAll
  static void make() throws Exception {
    good = ServerWithCertificate.good(directory);
  }

  static Stream<Arguments> versions() {
    return Stream.of(
        Arguments.of(Library.OPENSSL, "TLSv1.2"),
        Arguments.of(Library.OPENSSL, "TLSv1.3"),
        Arguments.of(Library.MBEDTLS, "TLSv1.2"));
  }

  private static Tool.Result press(Library library, int port, Object... options) throws Exception {
    Object[] all =
        Stream.concat(
                Stream.of("--tls-port", port, "--ca", good.root(), "--mac", "00:A0:50:12:34:56"),
                Stream.of(options))
            .toArray();
    return CPrograms.press("0", CPrograms.client("exercise03", library), all);
  }

  /** In TLS 1.3 the alert comes behind the client's handshake, where a reply is waited for. */
  @ParameterizedTest
  @MethodSource("versions")
  void shouldSayThatTheServerEndedTlsWithAnAlert(Library library, String version) throws Exception {
    try (MisbehavingServer choosy =
        MisbehavingServer.start(
            new Misbehavior.Behaves(), good.context(), MutualTls.required(version))) {
      Tool.Result result = press(library, choosy.port());

      assertThat(result.out()).contains("the server ended TLS with an alert");
      assertThat(result.exit()).isEqualTo(4);
      assertThat(choosy.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldShowItsOwnCertificate(Library library, String version) throws Exception {
    try (MisbehavingServer choosy =
        MisbehavingServer.start(
            new Misbehavior.Behaves(), good.context(), MutualTls.required(version))) {
      Tool.Result result =
          press(library, choosy.port(), "--cert", good.file(), "--key", good.key());

      assertThat(result.out()).contains("-> A018C050001  accepted");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void shouldRefuseACertificateAndAKeyThatAreNoPair(Library library) throws Exception {
    Path other = ServerWithCertificate.good(elsewhere).key();
    Tool.Result mixed = press(library, 1, "--cert", good.file(), "--key", other);
    Tool.Result swapped = press(library, 1, "--cert", good.key(), "--key", good.file());
    Tool.Result alone = press(library, 1, "--cert", good.file());

    assertThat(mixed.err()).contains("own certificate and key cannot be used", "a pair");
    assertThat(mixed.exit()).isEqualTo(2);
    assertThat(swapped.err()).contains("own certificate and key cannot be used");
    assertThat(swapped.exit()).isEqualTo(2);
    assertThat(alone.err()).contains("--cert and --key belong together", "usage:");
    assertThat(alone.exit()).isEqualTo(2);
  }
}
