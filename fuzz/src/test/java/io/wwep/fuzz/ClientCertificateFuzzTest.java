package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.certs.ClientTrust;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;

/**
 * Whatever a client sends in place of its certificate is refused with a sentence: none of it was
 * signed by the CA that is trusted, which was made a moment ago.
 */
class ClientCertificateFuzzTest {

  private static final ClientTrust TRUST = trust();

  private static ClientTrust trust() {
    Path scratch = Scratch.file("ca-place", new byte[0]).toAbsolutePath().getParent();
    PairFiles files = PairFiles.in(scratch, "ca");
    files.replace(
        CertificateAuthority.create(
                KeyAlgorithm.EC_P256,
                CertificateAuthority.newName(),
                Validity.starting(Clock.systemUTC(), Period.ofDays(365)))
            .identity());
    return ClientTrust.read(files.certificate(), null, Clock.systemUTC());
  }

  @FuzzTest
  void shouldRefuseWithASentence(byte[] input) {
    try {
      ClientCertificate client = TRUST.checkDer(List.of(input));
      throw new AssertionError("accepted as " + client);
    } catch (ClientRefusal refusal) {
      Sentences.require(refusal.getMessage(), input);
    }
  }
}
