package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a handshake that ended early, by what the JDK says. */
class FetchFailuresTest {

  private static final byte[] HANDSHAKE = {0x16, 3, 3, 0, 1};

  @ParameterizedTest
  @CsvSource({
    "The size of the handshake message (40000) exceeds the maximum allowed size (32768), more",
    "The certificate chain length (11) exceeds the maximum allowed length (10), more",
    "Unexpected handshake message: server_hello, before it showed a certificate",
    "Empty server certificate chain, sends no certificate",
    "Failed to parse server certificates, a certificate that cannot be read"
  })
  void shouldTellTheFaultsOfServersApart(String words, String sentence) {
    Duration second = Duration.ofSeconds(1);
    Settings settings =
        new Settings(Endpoint.of("localhost", 1), null, second, second, second, second, 1);
    FetchFailures failures = new FetchFailures(settings, "localhost", false, HANDSHAKE);
    assertThat(failures.because(new SSLException(words)))
        .isInstanceOf(WwepException.Unreachable.class)
        .hasMessageContaining(sentence);
  }
}
