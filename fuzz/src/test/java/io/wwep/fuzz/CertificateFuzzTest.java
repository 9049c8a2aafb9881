package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes in the place of a certificate's DER are one, or get a sentence. */
class CertificateFuzzTest {

  @FuzzTest
  void shouldReadOrSayWhatIsWrong(byte[] input) {
    byte[] block = PemCheck.block("CERTIFICATE", input);
    PemCheck.check(Scratch.file("certificate.pem", block), PemCheck.goodKey(), block);
  }
}
