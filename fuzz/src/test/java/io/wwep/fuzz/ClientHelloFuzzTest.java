package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.fuzz.model.HelloModel;
import io.wwep.server.tls.ClientHello;
import io.wwep.server.tls.HelloWords;
import java.nio.BufferUnderflowException;

/** What a stranger sends to the TLS port first: any bytes are read, and what is said is short. */
class ClientHelloFuzzTest {

  private static final int WORDS_LENGTH_MAX = 1_000;

  @FuzzTest
  void shouldReadWhatIsThere(byte[] input) {
    ClientHello hello = ClientHello.parse(input);
    for (String words : HelloWords.of(hello)) {
      if (words.length() > WORDS_LENGTH_MAX) {
        throw new AssertionError("too many words: " + words);
      }
    }
    compare(input, hello);
  }

  private static void compare(byte[] input, ClientHello hello) {
    String expected;
    try {
      expected = HelloModel.read(input);
    } catch (BufferUnderflowException | IllegalArgumentException contradiction) {
      if (!hello.malformed()) {
        throw new AssertionError("taken for well-formed: " + hello, contradiction);
      }
      return;
    }
    String actual =
        "%d %d %s %s %s %s %s"
            .formatted(
                hello.legacyVersion(),
                hello.randomTimeSeconds(),
                hello.cipherSuites(),
                hello.supportedVersions(),
                hello.groups(),
                hello.signatureSchemes(),
                hello.serverName());
    if (hello.malformed() || !expected.equals(actual)) {
      throw new AssertionError(
          "expected %s, not %s, malformed %s".formatted(expected, actual, hello.malformed()));
    }
  }
}
