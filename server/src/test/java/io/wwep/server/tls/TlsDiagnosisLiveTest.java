package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both TLS engines against real clients that refuse, or are refused. */
class TlsDiagnosisLiveTest {

  @TempDir private static Path directory;
  private static HandshakeBench bench;
  private static Identity valid;
  private static Identity expired;
  private static Identity elsewhere;

  @BeforeAll
  static void makeIdentities() {
    bench = new HandshakeBench(directory);
    valid = identity("valid", "localhost", "2026-01-01T00:00:00Z", "2049-01-01T00:00:00Z");
    expired = identity("expired", "localhost", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    elsewhere = identity("elsewhere", "b.example", "2020-01-01T00:00:00Z", "2049-01-01T00:00:00Z");
  }

  private static Identity identity(String file, String name, String from, String until) {
    Identity identity =
        Identities.selfSigned(
            KeyAlgorithm.EC_P256,
            name,
            List.of(name),
            new Validity(Instant.parse(from), Instant.parse(until)));
    Identities.writePem(
        identity, directory.resolve(file + ".pem"), directory.resolve(file + ".key.pem"));
    return identity;
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static Identity named(String name) {
    return switch (name) {
      case "valid" -> valid;
      case "expired" -> expired;
      default -> elsewhere;
    };
  }

  private static String outcome(Provider provider, String identity, List<String> command)
      throws Exception {
    return bench
        .outcomes(provider, named(identity), TlsSettings.DEFAULT, bench.program(command))
        .get(0);
  }

  private static List<String> words(String command) {
    return List.of(command.strip().split(" +", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "valid | -CAfile valid.pem -verify_return_error | the handshake succeeded",
        "valid | -tls1_2 -CAfile elsewhere.pem -verify_return_error | alert 48 (unknown_ca)",
        "valid | -CAfile elsewhere.pem -verify_return_error | load the server's certificate",
        "expired | -tls1_2 -CAfile expired.pem -verify_return_error | alert 45 (certificate_expired)",
        "expired | -tls1_2 -CAfile expired.pem -verify_return_error | The certificate expired on"
            + " 2021-01-01, which is the cause",
        "elsewhere | -tls1_2 -CAfile elsewhere.pem -verify_return_error -verify_hostname localhost"
            + " -servername localhost | It asked for localhost, and the certificate names"
            + " b.example: that is the likeliest cause",
        "expired | -tls1_3 -CAfile expired.pem -verify_return_error -verify_hostname b.example"
            + " -servername b.example | b.example, and the certificate names localhost",
        "elsewhere | -tls1_2 -CAfile elsewhere.pem -verify_return_error -verify_hostname localhost |"
            + " alert 42 (bad_certificate)",
        "valid | -tls1 -cipher ALL:@SECLEVEL=0 | the board offers TLS 1.0 at most",
        "valid | -tls1_1 -cipher ALL:@SECLEVEL=0 | the board offers TLS 1.1 at most",
        "valid | -tls1_2 -cipher AES128-SHA256 | TLS_RSA_WITH_AES_128_CBC_SHA256",
        "valid | -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256 | none goes with the server's"
            + " certificate",
        "valid | -tls1_3 -sigalgs ed25519 | can verify no signature",
      })
  void shouldExplainOpenssl(String identity, String options, String part) throws Exception {
    List<String> command =
        words("openssl s_client -connect 127.0.0.1:PORT -quiet -no_ign_eof " + options);
    for (Provider provider : Provider.values()) {
      assertThat(outcome(provider, identity, command)).as("%s", provider).contains(part);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "valid | --x509cafile=valid.pem | the handshake succeeded",
        "valid | --x509cafile=elsewhere.pem | alert 42 (bad_certificate)",
        "expired | --x509cafile=expired.pem | alert 42 (bad_certificate)",
        "valid | --priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA | cipher suites that this"
            + " server does not take",
      })
  void shouldExplainGnutls(String identity, String options, String part) throws Exception {
    List<String> command = words("gnutls-cli -p PORT " + options + " localhost");
    for (Provider provider : Provider.values()) {
      assertThat(outcome(provider, identity, command)).as("%s", provider).contains(part);
    }
  }
}
