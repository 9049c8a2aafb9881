package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.it.Tool;
import io.wwep.testkit.SmallProgram;
import io.wwep.testkit.SmallServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the small servers of exercises 04, 05 and 07 start, or do not, and how they end. */
@Timeout(120)
class SmallServersEndTest {

  @TempDir private static Path directory;
  private static ServerWithCertificate certificate;

  @BeforeAll
  static void make() throws Exception {
    certificate = ServerWithCertificate.good(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"04", "05", "07"})
  void shouldEndWithItsStandardInputAndGiveAllBack(String exercise) throws Exception {
    try (SmallProgram server = SmallTarget.program(exercise, certificate)) {
      int port = exercise.equals("05") ? server.tlsPort() : server.plainPort();
      for (int register = 0; register < 3; register++) {
        try (RawTalk talk = exercise.equals("05") ? RawTalk.tls(port) : RawTalk.plain(port)) {
          talk.send("W0FAC0%d1234".formatted(register)).readToEnd();
        }
      }
      server.endInput();

      assertThat(server.awaitExit()).as("%s", server.output()).isZero();
      assertThatThrownBy(() -> RawTalk.plain(port)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldHaveAllOfItsOutputOnceItHasEnded() throws Exception {
    Path program = directory.resolve("talkative");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo plain port 1 on 127.0.0.1
        read end
        i=1
        while [ $i -lt 1000 ]; do echo line $i; i=$((i + 1)); done
        """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    try (SmallProgram server = SmallProgram.plain(program)) {
      server.endInput();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.output()).hasSize(1_000).endsWith("line 999");
    }
  }

  @Test
  void shouldEndWithASignal() throws Exception {
    try (SmallProgram server = SmallTarget.program("07", certificate)) {
      server.terminate();
      assertThat(server.awaitExit()).as("%s", server.output()).isZero();
    }
  }

  @Test
  void shouldSayWhyItCannotStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Path plain = CPrograms.server("exercise04");
      Tool.Result busy = CPrograms.press("", plain, "--port", taken.getLocalPort());
      assertThat(busy.err()).contains("cannot be opened: is another server on it");
      assertThat(busy.exit()).isEqualTo(2);

      Tool.Result unknown = CPrograms.press("", plain, "--cert", "server.pem");
      assertThat(unknown.err()).contains("'--cert server.pem' is no option here", "usage:");
      assertThat(unknown.exit()).isEqualTo(2);
    }
    Path secure = CPrograms.server("exercise05");
    Tool.Result missing = CPrograms.press("", secure);
    assertThat(missing.err()).contains("--cert server.pem", "openssl req -newkey");
    assertThat(missing.exit()).isEqualTo(2);

    Tool.Result swapped =
        CPrograms.press("", secure, "--cert", certificate.key(), "--key", certificate.file());
    assertThat(swapped.err()).contains("have to be a certificate and its own key");
    assertThat(swapped.exit()).isEqualTo(2);
  }

  @Test
  void shouldEndInJavaAtOnceAndTellWhatItHeard() throws Exception {
    SmallServer server = SmallServer.plain();
    int port = server.plainPort();
    try (server;
        RawTalk talk = RawTalk.plain(port)) {
      talk.send("W0FAC0B1234").readToEnd();
      assertThat(server.stored("0FAC0B")).contains("1234");
      assertThat(server.exchanges()).containsExactly("plain W0FAC0B1234 A0FAC0B1234");
      assertThatThrownBy(server::tlsPort).hasMessage("this small server has no TLS port");
    }
    try (RawTalk late = RawTalk.plain(port)) {
      assertThat(late.send("R0FAC0B").readToEnd()).isEmpty();
    } catch (SocketException closed) {
      assertThat(closed).hasMessageContaining("Connection re");
    }
  }
}
