package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason for an X, provoked over a socket and read on the console of a real server. */
@Timeout(60)
class ConsoleTest {

  @TempDir private static Path directory;
  private static WwepProcess server;

  @BeforeAll
  static void start() {
    server = WwepProcess.serve(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends bytes and reads up to the server's close. */
  private static String exchange(int port, String bytes) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "not-written, R0BAC0B, R0BAC0B -> X, nobody has written register 0B of device 0BAC",
        "incomplete, W01234, W01234 -> X, 6 of the 11 bytes of a write",
        "incomplete, R0FA, R0FA -> X, 4 of the 7 bytes of a read",
        "incomplete, W0FAC\\n, W0FAC\\x0A -> X, before a line end",
        "too-long, W0FAC0B12345, W0FAC0B12345 -> X, '5' follows",
        "too-long, W0FAC0B1234\\0, W0FAC0B1234\\x00 -> X, \"send strlen(), not sizeof\"",
        "bad-command, w0FAC0B1234, w0FAC0B1234 -> X, \"send W, not w\"",
        "bad-command, hello, hello -> X, not with 'h'",
        "bad-digit, W0FAC0B12G4, W0FAC0B12G4 -> X, byte 10 (in the value) is 'G'",
        "http, GET / HTTP/1.1\\r\\n\\r\\n, GET / HTTP/1.1\\x0D\\x0A\\x0D\\x0A -> X, an HTTP request",
      })
  void shouldNameCauseAndCureOnThePlainPort(String code, String sent, String shown, String sentence)
      throws IOException {
    String bytes = sent.replace("\\0", "\0").replace("\\r", "\r").replace("\\n", "\n");
    assertThat(exchange(server.plainPort(), bytes)).isEqualTo("X");
    String line = server.awaitLine(each -> each.contains(shown) && each.contains(code));
    assertThat(line).contains(" plain 127.0.0.1:").contains(code + ": ").contains(sentence);
  }

  @Test
  void shouldShowWhatWasAccepted() throws IOException {
    assertThat(exchange(server.plainPort(), "W0FAC0Babcd")).isEqualTo("A0FAC0BABCD");
    assertThat(server.awaitLine(line -> line.contains("W0FAC0Babcd")))
        .endsWith("W0FAC0Babcd -> A0FAC0BABCD");
  }

  @Test
  void shouldNameTheTlsPortToAHandshakeOnThePlainPort() throws IOException {
    String hello = "\u0016\u0003\u0001\u0000\u0005";
    assertThat(exchange(server.plainPort(), hello)).isEqualTo("X");
    assertThat(server.awaitLine(line -> line.contains("tls-on-plain-port")))
        .contains("\\x16\\x03\\x01\\x00\\x05 -> X")
        .contains(String.valueOf(server.tlsPort()));
  }

  @Test
  void shouldNameThePlainPortToAFrameInClearOnTheTlsPort() throws IOException {
    assertThat(exchange(server.tlsPort(), "W0FAC0B1234")).isEqualTo("X");
    assertThat(server.awaitLine(line -> line.matches(".* W0FAC0B1234 -> X.*plain-on-tls-port.*")))
        .contains("TLS 127.0.0.1:")
        .contains(String.valueOf(server.plainPort()));
  }

  @ParameterizedTest
  @CsvSource({"' w1FAC0B1234'", "w2FAC0B1234"})
  void shouldNameThePlainPortToABoardThatMakesAMistakeInClear(String sent) throws IOException {
    assertThat(exchange(server.tlsPort(), sent)).isEqualTo("X");
    assertThat(server.awaitLine(line -> line.contains(sent.strip())))
        .contains("-> X", "plain-on-tls-port: WWEP in clear came to the TLS port");
  }

  @Test
  void shouldNotTakeOtherTextOnTheTlsPortForWwep() throws IOException {
    assertThat(exchange(server.tlsPort(), "SSH-2.0-OpenSSH_9.2\r\n")).isEqualTo("X");
    assertThat(server.awaitLine(line -> line.contains("SSH-2.0")))
        .contains("-> X", "tls-failed: what came to the TLS port is neither TLS nor WWEP")
        .contains(String.valueOf(server.plainPort()));
  }

  @Test
  void shouldTellHttpOnTheTlsPort() throws IOException {
    assertThat(exchange(server.tlsPort(), "HEAD / HTTP/1.0\r\n\r\n")).isEqualTo("X");
    assertThat(server.awaitLine(line -> line.contains("HEAD /"))).contains("http: ");
  }

  @Test
  void shouldExplainAFailedHandshake() throws IOException {
    // The JDK trusts public authorities only, and says so with an alert.
    try (SSLSocket socket =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort())) {
      Assertions.assertThatExceptionOfType(SSLException.class).isThrownBy(socket::startHandshake);
    }
    assertThat(server.awaitLine(line -> line.contains("tls-failed")))
        .contains("TLS 127.0.0.1:")
        .containsPattern("certificate|CA");
  }

  @Test
  void shouldSayWhenAPeerIsDenied(@TempDir Path data) throws IOException {
    try (WwepProcess readOnly = WwepProcess.serve(data, "--read-only", "plain")) {
      assertThat(exchange(readOnly.plainPort(), "W0FAC0B1234")).isEqualTo("X");
      assertThat(readOnly.awaitLine(line -> line.contains("W0FAC0B1234 -> X")))
          .contains("denied: ")
          .contains("--read-only");
    }
  }

  @Test
  void shouldSayWhenThereAreTooManyConnections(@TempDir Path data) throws IOException {
    try (WwepProcess small = WwepProcess.serve(data, "--max-connections", "1");
        Socket first = connect(small.plainPort())) {
      first.getOutputStream().write("W0FAC0B1234".getBytes(StandardCharsets.US_ASCII));
      assertThat(first.getInputStream().readNBytes(11)).hasSize(11);
      first.getOutputStream().write("R0FAC0B".getBytes(StandardCharsets.US_ASCII));
      assertThat(first.getInputStream().readNBytes(11)).hasSize(11);
      assertThat(exchange(small.plainPort(), "")).isEqualTo("X");
      assertThat(small.awaitLine(line -> line.contains("limited")))
          .contains("-> X")
          .contains("--max-connections");
    }
  }

  @Test
  void shouldSayWhenAWriteCannotBeMadeDurableAndHeal(@TempDir Path data) throws Exception {
    try (WwepProcess blocked = WwepProcess.serve(data)) {
      int port = blocked.plainPort();
      assertThat(exchange(port, "W0FAC0B1111")).isEqualTo("A0FAC0B1111");
      Path file = data.resolve("wwep-data").resolve("wwep.db");
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThat(exchange(port, "W0FAC0B2222")).isEqualTo("X");
        assertThat(exchange(port, "R0FAC0B")).isEqualTo("A0FAC0B1111");
        statement.execute("ROLLBACK");
      }
      assertThat(blocked.awaitLine(line -> line.contains("W0FAC0B2222 -> X")))
          .contains("storage: ")
          .contains("nothing was stored");
      assertThat(exchange(port, "W0FAC0B3333")).isEqualTo("A0FAC0B3333");
      assertThat(exchange(port, "R0FAC0B")).isEqualTo("A0FAC0B3333");
    }
  }
}
