package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A board that comes back is spared the certificate and its signature. */
@Timeout(60)
class ResumptionTest {

  private static final long WAIT_SECONDS = 10;

  @TempDir private static Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_2 -no_ticket", "-tls1_3"})
  void shouldResumeASession(String options) throws Exception {
    try (RunningServer running =
        RunningServer.start(ServerConfig.onFreePorts().withOneShot(true))) {
      Path session = Files.createTempDirectory(directory, "s").resolve("session");
      String first = connect(running, options + " -sess_out " + session);
      assertThat(first).contains("\nNew, TLSv1.").doesNotContain("\nReused");
      String second = connect(running, options + " -sess_in " + session);
      assertThat(second).contains("\nReused, TLSv1.");
      await().until(() -> running.codes().equals(List.of("not-written", "not-written")));
    }
  }

  /** Returns what openssl printed. */
  private static String connect(RunningServer running, String options) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", "-connect"));
    command.add("127.0.0.1:" + running.server.tlsPort());
    command.addAll(List.of(options.split(" ", -1)));
    Path request = Files.writeString(directory.resolve("request"), "R0FAC0B");
    Path output = Files.createTempFile(directory, "openssl", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(request.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return Assumptions.abort("openssl is not installed");
    }
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }
}
