package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wwep.certs.ClientRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A CA with a device that it has signed, and what is asked of a {@link ClientTrust} that knows the
 * CA.
 */
abstract class ClientTrustSetup {

  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Validity YEAR = Validity.starting(CLOCK, Period.ofDays(365));
  static final Validity TEN_YEARS = Validity.starting(CLOCK, Period.ofYears(10));

  @TempDir Path directory;
  PairFiles caFiles;
  CertificateAuthority ca;
  Identity device;

  @BeforeEach
  void make() {
    caFiles = PairFiles.in(directory, "ca");
    ca = CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", TEN_YEARS);
    caFiles.write(ca.identity());
    device = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
  }

  final ClientTrust trust() {
    return ClientTrust.read(caFiles.certificate(), null, CLOCK);
  }

  final ClientTrust trustWithout(String revoked) throws IOException {
    Path file = Files.writeString(directory.resolve("revoked.txt"), revoked);
    return ClientTrust.read(caFiles.certificate(), file, CLOCK);
  }

  static ClientRefusal refused(ClientTrust trust, List<X509Certificate> chain) {
    ClientRefusal refusal = catchThrowableOfType(ClientRefusal.class, () -> trust.check(chain));
    assertThat(refusal).as("accepted").isNotNull();
    assertThat(refusal.getMessage()).doesNotContain("Exception", "java.");
    return refusal;
  }

  static void assertRefused(
      ClientTrust trust, List<X509Certificate> chain, Reason reason, String... parts) {
    ClientRefusal refusal = refused(trust, chain);
    assertThat(refusal.getMessage()).contains(parts);
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
