package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

  private static final List<String> WORDS =
      List.of("bind", "port", "tls-port", "no-tls", "data", "one-shot", "max-connections");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "ports, port",
    "PORT, port",
    "tlsport, tls-port",
    "tls_port, tls-port",
    "oneshot, one-shot",
    "max-conections, max-connections",
    "max, max-connections",
    "dta, data"
  })
  void shouldFindTheWordThatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, WORDS)).contains(meant);
    assertThat(Nearest.question(typed, WORDS)).isEqualTo(", did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "timeout", "zzzzzz", "-"})
  void shouldFindNothingWhereNothingIsNear(String typed) {
    assertThat(Nearest.to(typed, WORDS)).isEmpty();
    assertThat(Nearest.question(typed, WORDS)).isEmpty();
  }
}
