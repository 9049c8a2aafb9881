package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each profile takes of OpenSSL, and what is said of the rest. */
class TlsProfileLiveTest {

  @TempDir private static Path directory;
  private static HandshakeBench bench;
  private static Identity rsa;

  @BeforeAll
  static void make() {
    bench = new HandshakeBench(directory);
    rsa =
        Identities.selfSigned(
            KeyAlgorithm.RSA_2048,
            "localhost",
            List.of("localhost"),
            Validity.starting(Clock.systemUTC(), Period.ofDays(30)));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MODERN | -tls1_3 | the handshake succeeded",
        "MODERN | -tls1_2 | start the server with --tls-profile board, which lets it in",
        "MODERN | -tls1_2 -cipher AES128-SHA | --tls-profile legacy, which lets it in and is unsafe",
        "MODERN | -tls1_2 -cipher DHE-RSA-AES128-SHA256 | no --tls-profile takes what it offers",
        "BOARD | -tls1_3 | the handshake succeeded",
        "BOARD | -tls1_2 -cipher ECDHE-RSA-AES128-SHA | the handshake succeeded",
        "BOARD | -tls1_2 -cipher AES128-SHA | --tls-profile legacy, which lets it in and is unsafe",
        "BOARD | -tls1_2 -cipher DHE-RSA-AES128-SHA256 | no --tls-profile takes what it offers",
        "LEGACY | -tls1_3 | the handshake succeeded",
        "LEGACY | -tls1_2 | the handshake succeeded",
        "LEGACY | -tls1_2 -cipher AES128-SHA | the handshake succeeded",
        "LEGACY | -tls1_2 -cipher AES256-SHA | the handshake succeeded",
        "LEGACY | -tls1_2 -cipher AES128-GCM-SHA256 | the handshake succeeded",
        "LEGACY | -tls1_1 -cipher ALL:@SECLEVEL=0 | no profile of this server takes less than TLS 1.2",
      })
  void shouldTakeWhatTheProfileSaysAndNameTheOneThatWouldTakeTheRest(
      TlsProfile profile, String options, String part) throws Exception {
    List<String> command =
        List.of(
            ("openssl s_client -connect 127.0.0.1:PORT -quiet -no_ign_eof " + options)
                .strip()
                .split(" +", -1));
    TlsSettings settings = new TlsSettings(profile, ClientTerms.NONE);
    for (Provider provider : able(profile)) {
      assertThat(bench.outcomes(provider, rsa, settings, bench.program(command)).get(0))
          .as("%s", provider)
          .contains(part);
    }
  }

  private static List<Provider> able(TlsProfile profile) {
    return Stream.of(Provider.values()).filter(each -> each.can(profile)).toList();
  }

  @Test
  void shouldRefuseAProfileThatTheJdkHasSwitchedOff() {
    assumeThat(Provider.JDK.can(TlsProfile.LEGACY)).isFalse();
    TlsSettings settings = new TlsSettings(TlsProfile.LEGACY, ClientTerms.NONE);
    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(() -> Provider.JDK.context(rsa, settings))
        .withMessageContaining("take TLS_RSA_* out of jdk.tls.disabledAlgorithms");
  }
}
