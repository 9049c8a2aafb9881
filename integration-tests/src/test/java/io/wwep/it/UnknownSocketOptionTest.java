package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.WwepProcess.Surroundings;
import io.wwep.it.conformance.Trust;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems that resemble Linux do not know all of its options: boards are served all the same. */
@Timeout(60)
class UnknownSocketOptionTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll"})
  void shouldServeWhereTheSystemDoesNotBoundWhatIsUnsent(String transport) throws Exception {
    Path library = CSource.library("no_lowat.c", directory);
    Surroundings system = Surroundings.NONE.with("LD_PRELOAD", library.toString());
    try (WwepProcess server =
        WwepProcess.serve(system, directory, "--store", "memory:", "--transport", transport)) {
      assertThat(Visit.plain(null, server.plainPort()).pay("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(Visit.tls(null, server.tlsPort(), Trust.EVERYBODY).pay("R0FAC0B"))
          .isEqualTo("A0FAC0B1234");
    }
  }
}
