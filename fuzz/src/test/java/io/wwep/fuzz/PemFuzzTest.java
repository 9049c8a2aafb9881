package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

/** Any file is an identity and a file of CAs, or gets a sentence. */
class PemFuzzTest {

  @DictionaryFile(resourcePath = "pem.dict")
  @FuzzTest
  void shouldReadOrSayWhatIsWrong(byte[] input) {
    Path file = Scratch.file("identity.pem", input);
    PemCheck.check(file, file, input);
  }
}
