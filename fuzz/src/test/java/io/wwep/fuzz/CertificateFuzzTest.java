package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

/**
 * Any bytes in the place of a certificate's DER are one, or get a sentence. The key is RSA, which
 * is known to fit by its number; an EC key would have to sign each time, and that takes half of the
 * time.
 */
class CertificateFuzzTest {

  private static final Path KEY = PemCheck.good("good-rsa.key.pem");

  @FuzzTest
  void shouldReadOrSayWhatIsWrong(byte[] input) {
    byte[] block = PemCheck.block("CERTIFICATE", input);
    PemCheck.check(Scratch.file("certificate.pem", block), KEY, block);
  }
}
