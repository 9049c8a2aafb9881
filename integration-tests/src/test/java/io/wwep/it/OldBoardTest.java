package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards that know nothing but the exchange of keys by RSA, whichever TLS the server has. */
@Timeout(60)
class OldBoardTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLetThemInWithTheLegacyProfile(boolean onlyJdk) throws Exception {
    WwepProcess.Surroundings engine =
        new WwepProcess.Surroundings(
            List.of(), Map.of(), List.of("-Dio.netty.handler.ssl.noOpenSsl=" + onlyJdk));
    try (WwepProcess server =
        WwepProcess.serve(engine, directory, "--tls-profile", "legacy", "--store", "memory:")) {
      Tool.Result board =
          Tool.of(
                  "openssl",
                  "s_client",
                  "-connect",
                  "localhost:" + server.tlsPort(),
                  "-quiet",
                  "-tls1_2",
                  "-cipher",
                  "AES128-SHA")
              .run("W0FAC0B1234", Pattern.compile("A0FAC0B1234"));
      assertThat(board.out()).as(board.err()).contains("A0FAC0B1234");
    }
  }
}
