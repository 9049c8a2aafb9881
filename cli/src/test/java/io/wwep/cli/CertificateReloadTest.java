package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed beside a server that runs. */
@Timeout(120)
class CertificateReloadTest {

  private static final String CHANGED = "TLS shows another certificate from now on: ";
  private static final String REFUSED = "the certificate was not replaced, TLS shows the old: ";

  @TempDir private Path directory;
  private Path data;
  private Path certificate;
  private Path key;

  @BeforeEach
  void make() {
    data = directory.resolve("data");
    certificate = directory.resolve("server.pem");
    key = directory.resolve("server.key.pem");
  }

  private static Identity identity(KeyAlgorithm algorithm, Instant end) {
    return Identities.selfSigned(
        algorithm,
        "localhost",
        List.of("localhost", "127.0.0.1"),
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), end));
  }

  private static Identity identity(KeyAlgorithm algorithm) {
    return identity(algorithm, Instant.parse("2049-01-01T00:00:00Z"));
  }

  private Serving serve() {
    return Serving.start(
        "--data", data.toString(), "--cert", certificate.toString(), "--key", key.toString());
  }

  /** Whether a client that trusts this certificate alone is served. */
  private boolean isShown(Serving server, Identity identity) throws IOException {
    Path trusted = Files.createTempFile(directory, "trusted", ".pem");
    Files.writeString(trusted, Identities.toPem(identity.chain()));
    String port = String.valueOf(server.tlsPort());
    Run run =
        Run.of("write", "--tls", "--ca", trusted.toString(), "--port", port, "0FAC", "0B", "1234");
    return run.exitCode() == ExitCode.OK;
  }

  private static String awaitFingerprint(Serving server, Identity identity) {
    return server.awaitLine(
        line -> line.contains(CHANGED) && line.contains(identity.fingerprint()));
  }

  @Test
  void shouldShowWhatTookThePlaceOfTheFilesItWasGiven() throws Exception {
    Identity first = identity(KeyAlgorithm.EC_P256);
    Identity second = identity(KeyAlgorithm.RSA_2048);
    Identities.writePem(first, certificate, key);
    try (Serving server = serve()) {
      assertThat(isShown(server, first)).isTrue();
      Identities.writePem(second, certificate, key);
      assertThat(awaitFingerprint(server, second)).contains("RSA SHA-256 ");
      assertThat(isShown(server, second)).isTrue();
      assertThat(isShown(server, first)).isFalse();
    }
  }

  @Test
  void shouldKeepTheOldOneUntilTheKeyFitsToo() throws Exception {
    Identity first = identity(KeyAlgorithm.EC_P256);
    Identity second = identity(KeyAlgorithm.EC_P256);
    Identities.writePem(first, certificate, key);
    try (Serving server = serve()) {
      Files.writeString(certificate, Identities.toPem(second.chain()));
      server.awaitLine(line -> line.contains(REFUSED) && line.contains("does not belong to"));
      assertThat(isShown(server, first)).isTrue();
      Files.writeString(key, Identities.toPem(second.key()));
      awaitFingerprint(server, second);
      assertThat(isShown(server, second)).isTrue();
      assertThat(server.text()).doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void shouldSayWhenFilesAreGoneAndWhenTheyAreBack() throws Exception {
    Identity only = identity(KeyAlgorithm.EC_P256);
    Identities.writePem(only, certificate, key);
    try (Serving server = serve()) {
      Path aside = directory.resolve("aside");
      Files.move(key, aside);
      server.awaitLine(line -> line.contains(REFUSED) && line.contains(key.toString()));
      assertThat(isShown(server, only)).isTrue();
      Files.move(aside, key, StandardCopyOption.ATOMIC_MOVE);
      server.awaitLine(line -> line.contains("again those that TLS shows"));
      assertThat(isShown(server, only)).isTrue();
    }
  }

  @Test
  void shouldSayNothingOfFilesThatWereOnlyTouchedAndWarnOfWhatIsOver() throws Exception {
    Identity first = identity(KeyAlgorithm.EC_P256);
    Identities.writePem(first, certificate, key);
    try (Serving server = serve()) {
      Files.setLastModifiedTime(key, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
      // As long as a change takes at most to be told.
      TimeUnit.MILLISECONDS.sleep(3_000);
      assertThat(server.text()).doesNotContain(CHANGED, REFUSED);
      Identity over = identity(KeyAlgorithm.EC_P256, Instant.parse("2026-01-02T00:00:00Z"));
      Identities.writePem(over, certificate, key);
      awaitFingerprint(server, over);
      server.awaitLine(line -> line.contains("expired"));
      assertThat(server.lines().stream().filter(line -> line.contains(CHANGED))).hasSize(1);
      assertThat(server.text()).doesNotContain(REFUSED);
    }
  }

  @Test
  void shouldAlsoShowWhatTookThePlaceOfItsOwn() throws Exception {
    Path own = data.resolve("tls");
    Identity renewed = identity(KeyAlgorithm.EC_P256);
    try (Serving server = Serving.start("--data", data.toString())) {
      Identities.writePem(renewed, own.resolve("ec.pem"), own.resolve("ec.key.pem"));
      assertThat(awaitFingerprint(server, renewed)).contains("RSA SHA-256 ");
      assertThat(isShown(server, renewed)).isTrue();
    }
  }

  @Test
  void shouldNotShowAnRsaCertificateToWhoCanTakeEc() throws Exception {
    Path own = data.resolve("tls");
    Identity wrong = identity(KeyAlgorithm.RSA_2048);
    try (Serving server = Serving.start("--data", data.toString())) {
      Identities.writePem(wrong, own.resolve("ec.pem"), own.resolve("ec.key.pem"));
      server.awaitLine(line -> line.contains(REFUSED) && line.contains("wrong kind of key"));
      assertThat(isShown(server, wrong)).isFalse();
    }
  }

  /** What can be read once, as from a shell's process substitution, is not read again. */
  @Test
  void shouldTakePipesAndLeaveThemAlone() throws Exception {
    Identity only = identity(KeyAlgorithm.EC_P256);
    Process mkfifo = new ProcessBuilder("mkfifo", certificate.toString(), key.toString()).start();
    assumeTrue(mkfifo.waitFor() == 0);
    feed(certificate, Identities.toPem(only.chain()));
    feed(key, Identities.toPem(only.key()));
    try (Serving server = serve()) {
      assertThat(isShown(server, only)).isTrue();
      assertThat(server.errors()).isEmpty();
      // Twice as long as a look takes to come: a second reading would wait for a writer for ever.
      TimeUnit.MILLISECONDS.sleep(2_500);
      assertThat(server.text()).doesNotContain(CHANGED, REFUSED);
      assertThat(isShown(server, only)).isTrue();
    }
  }

  private static void feed(Path pipe, String text) {
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(pipe, text.getBytes(StandardCharsets.US_ASCII));
              } catch (IOException nobodyReads) {
                // The test fails without it.
              }
            });
    writer.setDaemon(true);
    writer.start();
  }
}
