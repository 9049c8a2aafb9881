package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each thing that goes wrong between a board and a server over TLS, provoked with boards in C whose
 * TLS is OpenSSL, mbed TLS 2.28 and wolfSSL, and with this project's own client: the console names
 * cause and cure.
 */
@Timeout(120)
class HandshakeDiagnosisTest {

  private static final Validity YEAR = Validity.starting(Clock.systemUTC(), Period.ofDays(365));
  private static final Validity PAST =
      new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
  private static final Validity LONG =
      new Validity(Instant.parse("2019-01-01T00:00:00Z"), Instant.parse("2040-01-01T00:00:00Z"));

  @TempDir private static Path directory;
  private static final Map<String, WwepProcess> SERVERS = new HashMap<>();
  private static final Map<String, String> BOARDS = new HashMap<>();

  @BeforeAll
  static void makeFiles() throws Exception {
    CertificateAuthority ca = authority("ca", "Class 4b");
    write("server", ca.issueServer(KeyAlgorithm.RSA_2048, names("localhost", "127.0.0.1"), YEAR));
    write("elsewhere", ca.issueServer(KeyAlgorithm.RSA_2048, names("wwep.lab"), YEAR));
    write("over", ca.issueServer(KeyAlgorithm.RSA_2048, names("localhost"), PAST));
    write("device", ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAC, YEAR));
    write("device-ec", ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR));
    write("other", ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAD, YEAR));
    write("device-over", ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAE, PAST));
    Identity lost = ca.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAF, YEAR);
    write("lost", lost);
    Files.writeString(directory.resolve("revoked"), lost.fingerprint() + "\n");
    CertificateAuthority foreign = authority("foreign-ca", "Class 5a");
    write("foreign", foreign.issueDevice(KeyAlgorithm.RSA_2048, 0x0FAC, YEAR));
    long to1970 = 3_600 - Instant.now().getEpochSecond();
    Files.writeString(directory.resolve("1970"), String.valueOf(to1970));
  }

  private static CertificateAuthority authority(String file, String name) {
    CertificateAuthority made = CertificateAuthority.create(KeyAlgorithm.RSA_2048, name, LONG);
    write(file, made.identity());
    return made;
  }

  private static List<ServerName> names(String... texts) {
    return List.of(texts).stream().map(ServerName::of).toList();
  }

  private static void write(String name, Identity identity) {
    PairFiles.in(directory, name).write(identity);
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(WwepProcess::close);
  }

  /** A server for each pair of files and each way to ask for certificates. */
  private static WwepProcess server(String pair, boolean asks) {
    return SERVERS.computeIfAbsent(pair + asks, key -> serve(pair, asks));
  }

  private static WwepProcess serve(String pair, boolean asks) {
    List<String> options = new ArrayList<>(List.of("--data", "data-" + pair + asks));
    options.addAll(List.of("--cert", pair + ".pem", "--key", pair + ".key.pem"));
    if (asks) {
      options.addAll(List.of("--client-ca", "ca.pem", "--client-revoked", "revoked"));
    }
    return WwepProcess.serve(directory, options.toArray(String[]::new));
  }

  private static String board(String library) throws Exception {
    String built = BOARDS.get(library);
    if (built == null) {
      built = CSource.program("board_%s.c".formatted(library), directory, library).toString();
      BOARDS.put(library, built);
    }
    return built;
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  /** Runs a board to its end, and returns what the server says of it. */
  private static String said(WwepProcess server, String library, String ca, String... environment)
      throws Exception {
    int before = server.output().size();
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(List.of(environment));
    command.addAll(
        List.of(
            board(library),
            "localhost",
            Integer.toString(server.tlsPort()),
            "tls",
            file(ca),
            "R0FAC0B"));
    Tool.of(command.toArray(String[]::new)).run("");
    return server.awaitLine(
        line -> line.contains(" TLS ") && server.output().lastIndexOf(line) >= before);
  }

  // ---- the board refuses the server

  @ParameterizedTest
  @CsvSource({"openssl", "mbedtls", "wolfssl"})
  void shouldTellABoardThatDoesNotKnowTheCa(String library) throws Exception {
    assertThat(said(server("server", false), library, "foreign-ca.pem"))
        .contains("alert 48 (unknown_ca)", "load the server's certificate, or the root")
        .doesNotContain("localhost");
  }

  @ParameterizedTest
  @CsvSource({"openssl", "mbedtls", "wolfssl"})
  void shouldTellANameThatIsNotInTheCertificate(String library) throws Exception {
    assertThat(said(server("elsewhere", false), library, "ca.pem"))
        .contains("tls-failed", "the certificate names wwep.lab", "the likeliest cause");
  }

  @ParameterizedTest
  @CsvSource({"openssl", "mbedtls", "wolfssl"})
  void shouldTellThatItsOwnCertificateIsOver(String library) throws Exception {
    assertThat(said(server("over", false), library, "ca.pem"))
        .contains("tls-failed", "The certificate expired on 2021-01-01, which is the cause");
  }

  /** WolfSSL loads no root at all then, and says nothing to the server. */
  @ParameterizedTest
  @CsvSource({
    "openssl, the board's clock is not set (set it by SNTP before TLS)",
    "mbedtls, the board's clock is not set; often at 1970",
    "wolfssl, wolfSSL error -150: set the clock",
  })
  void shouldTellAClockThatWasNeverSet(String library, String part) throws Exception {
    Path clock = CSource.library("clock.c", directory);
    String said =
        said(
            server("server", false),
            library,
            "ca.pem",
            "LD_PRELOAD=" + clock,
            "CLOCK_OFFSET=" + file("1970"));
    assertThat(said).contains("tls-failed", part.replace("; often", ", often"));
  }

  /** The others take it from a root that they trust. */
  @ParameterizedTest
  @CsvSource("mbedtls")
  void shouldTellASignatureThatIsRefused(String library) throws Exception {
    Tool.Result made =
        Tool.of(
                "openssl",
                "req",
                "-x509",
                "-sha1",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                file("sha1.key.pem"),
                "-out",
                file("sha1.pem"))
            .run("");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(said(server("sha1", false), library, "sha1.pem"))
        .contains("tls-failed", "signed with SHA1withRSA", "have it signed with SHA-256");
  }

  @ParameterizedTest
  @CsvSource({"foreign-ca.pem, server, does not trust", "ca.pem, elsewhere, names wwep.lab"})
  void shouldTellWhatTheClientHereRefuses(String ca, String pair, String part) throws Exception {
    WwepProcess server = server(pair, false);
    int before = server.output().size();
    String port = Integer.toString(server.tlsPort());
    try (WwepProcess client =
        WwepProcess.start(
            directory, "read", "--ca", ca, "--host", "localhost", "--port", port, "0FAC", "0B")) {
      assertThat(client.awaitExit()).isEqualTo(4);
    }
    assertThat(
            server.awaitLine(
                line -> line.contains(" TLS ") && server.output().lastIndexOf(line) >= before))
        .contains("tls-failed", part);
  }

  // ---- the server refuses the board

  @ParameterizedTest
  @CsvSource({"openssl", "mbedtls", "wolfssl"})
  void shouldTellABoardWithoutACertificate(String library) throws Exception {
    assertThat(said(server("server", true), library, "ca.pem"))
        .contains("showed no certificate of its own", "load its certificate and key before");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "openssl, foreign, signed by 'Class 5a'",
        "mbedtls, foreign, signed by 'Class 5a'",
        "wolfssl, foreign, signed by 'Class 5a'",
        "openssl, device-over, '0FAE' expired on 2021-01-01",
        "mbedtls, device-over, '0FAE' expired on 2021-01-01",
        "wolfssl, device-over, '0FAE' expired on 2021-01-01",
        "openssl, server, 'localhost' is not for clients",
        "mbedtls, server, 'localhost' is not for clients",
        "wolfssl, server, 'localhost' is not for clients",
        "openssl, lost, '0FAF' is revoked",
        "mbedtls, lost, '0FAF' is revoked",
        "wolfssl, lost, '0FAF' is revoked",
        "openssl, device, R0FAC0B -> X not-written",
        "mbedtls, device, R0FAC0B -> X not-written",
        "wolfssl, device, R0FAC0B -> X not-written",
        "openssl, device-ec, R0FAC0B -> X not-written",
        "mbedtls, device-ec, R0FAC0B -> X not-written",
        "wolfssl, device-ec, R0FAC0B -> X not-written",
        "openssl, other, R0FAC0B -> X denied: the certificate is device 0FAD's",
      })
  void shouldTellWhatIsWrongWithTheBoardsCertificate(String library, String pair, String part)
      throws Exception {
    assertThat(said(server("server", true), library, "ca.pem", own(pair, pair))).contains(part);
  }

  /** OpenSSL does not even connect with such a pair. */
  @ParameterizedTest
  @CsvSource({"mbedtls", "wolfssl"})
  void shouldTellAKeyThatIsNotTheCertificates(String library) throws Exception {
    assertThat(said(server("server", true), library, "ca.pem", own("device", "other")))
        .contains("does not fit the certificate that it showed");
  }

  private static String[] own(String certificate, String key) {
    return new String[] {
      "BOARD_CERT=" + file(certificate + ".pem"), "BOARD_KEY=" + file(key + ".key.pem")
    };
  }
}
