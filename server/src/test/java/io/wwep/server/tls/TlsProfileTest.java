package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.tls.TlsNames;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsProfileTest {

  /** A suite is found in a ClientHello by the name of its number. */
  @ParameterizedTest
  @EnumSource
  void shouldTakeNoSuiteWithoutAName(TlsProfile profile) {
    assertThat(IntStream.rangeClosed(0, 0xFFFF).mapToObj(TlsNames::suite))
        .containsAll(profile.cipherSuites());
  }
}
