package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes in the place of a certificate's DER are one, or get a sentence. */
class CertificateFuzzTest {

  @FuzzTest
  void shouldReadOrSayWhatIsWrong(byte[] input) {
    PemCheck.check(
        Scratch.file("certificate.pem", PemCheck.block("CERTIFICATE", input)), PemCheck.goodKey());
  }
}
