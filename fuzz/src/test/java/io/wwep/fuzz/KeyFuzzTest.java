package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Any bytes in the place of a key's DER are one, or get a sentence. */
class KeyFuzzTest {

  private static final String[] TYPES = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"};

  /** The first byte picks the kind of key; with bit 4 a part of the rest is EC PARAMETERS. */
  @FuzzTest
  void shouldReadOrSayWhatIsWrong(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int parameters = (input[0] & 4) == 0 ? 0 : Math.min(input[1] & 0xFF, input.length - 2);
    byte[] key = Arrays.copyOfRange(input, 2 + parameters, input.length);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (parameters > 0) {
      byte[] curve = Arrays.copyOfRange(input, 2, 2 + parameters);
      file.writeBytes(PemCheck.block("EC PARAMETERS", curve));
    }
    file.writeBytes(PemCheck.block(TYPES[(input[0] & 3) % TYPES.length], key));
    byte[] blocks = file.toByteArray();
    PemCheck.check(PemCheck.goodCertificate(), Scratch.file("key.pem", blocks), blocks);
  }
}
