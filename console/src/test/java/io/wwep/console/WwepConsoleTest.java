package io.wwep.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.Identities;
import io.wwep.certs.ServerIdentity;
import io.wwep.console.http.Credentials;
import io.wwep.console.http.SecretFiles;
import io.wwep.server.ServerConfig;
import io.wwep.store.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WwepConsoleTest {

  @TempDir private Path directory;

  private static RunningConsole on(
      String host, Credentials credentials, UnaryOperator<ServerConfig> change) {
    ConsoleConfig config = new ConsoleConfig(host, 0).with(List.of(), credentials);
    return RunningConsole.open(config, change, new MemoryStore(), null);
  }

  @Test
  void shouldNotBeOpenToANetworkWithoutPassword() {
    assertThatThrownBy(() -> on("0.0.0.0", Credentials.NONE, UnaryOperator.identity()))
        .isInstanceOf(ConsoleException.class)
        .hasMessageContaining("--http-password-file");
  }

  @Test
  void shouldNotShowPasswordsToANetwork() throws IOException {
    Credentials credentials = SecretFiles.credentials(directory);

    assertThatThrownBy(
            () -> on("0.0.0.0", credentials, c -> c.withPorts(0, ServerConfig.NOT_SERVED)))
        .isInstanceOf(ConsoleException.class)
        .hasMessageContaining("--no-tls");
  }

  @Test
  void shouldSpeakTlsAloneBeyondItsMachine() throws IOException {
    try (RunningConsole console =
        on("0.0.0.0", SecretFiles.credentials(directory), UnaryOperator.identity())) {
      HttpExchange login =
          console.json(
              "POST",
              "/api/v1/session",
              new io.vertx.core.json.JsonObject().put("password", SecretFiles.EDITOR_PASSWORD));

      assertThat(console.console().url()).startsWith("https://");
      assertThat(login.header("Set-Cookie").orElseThrow())
          .startsWith("__Host-wwep-session=")
          .contains("Secure", "HttpOnly", "SameSite=Strict");
      assertThatThrownBy(
              () ->
                  HttpExchange.over(
                      new Socket(InetAddress.getLoopbackAddress(), console.port()),
                      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldShowARenewedCertificate() throws Exception {
    try (RunningConsole console =
        on("0.0.0.0", SecretFiles.credentials(directory), UnaryOperator.identity())) {
      ServerIdentity next = Identities.loadOrCreate(directory.resolve("tls"), Clock.systemUTC());
      assertThat(shown(console)).isNotIn(certificates(next));

      console.server().server().show(next);

      assertThat(shown(console)).isIn(certificates(next));
    }
  }

  private static List<Object> certificates(ServerIdentity identity) {
    return identity.all().stream().map(each -> (Object) each.certificate()).toList();
  }

  private static Object shown(RunningConsole console) throws IOException {
    try (SSLSocket socket = (SSLSocket) console.connect()) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Versions before TLS 1.3 let a peer ask for one handshake after another. */
  @Test
  void shouldSpeakNoTlsThatCanBeNegotiatedAnew() throws IOException {
    try (RunningConsole console =
            on("0.0.0.0", SecretFiles.credentials(directory), UnaryOperator.identity());
        SSLSocket now = (SSLSocket) console.connect();
        SSLSocket old = (SSLSocket) console.connect()) {
      now.startHandshake();
      assertThat(now.getSession().getProtocol()).isEqualTo("TLSv1.3");
      old.setEnabledProtocols(new String[] {"TLSv1.2"});

      assertThatThrownBy(old::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("protocol_version");
    }
  }

  @Test
  void shouldSayThatItsPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      ConsoleConfig config = new ConsoleConfig("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(
              () -> RunningConsole.open(config, UnaryOperator.identity(), new MemoryStore(), null))
          .isInstanceOf(ConsoleException.class)
          .hasMessageContaining("--http ADDR:PORT");
    }
  }

  @Test
  void shouldSayThatItTookTooLong() {
    assertThat(WwepConsole.reason(new TimeoutException()))
        .isEqualTo("it was not ready within 10 s");
    assertThat(WwepConsole.reason(new IOException("no such address"))).isEqualTo("no such address");
  }

  @Test
  void shouldNameItsThreadsAndKeepNoProcessAlive() {
    try (RunningConsole console = RunningConsole.open()) {
      assertThat(console.get("/api/v1/server").status()).isEqualTo(200);
      List<Thread> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(each -> each.getName().startsWith("wwep-http"))
              .toList();

      assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
      assertThat(threads).anyMatch(each -> each.getName().equals("wwep-http"));
      assertThat(threads).anyMatch(each -> each.getName().startsWith("wwep-http-worker-"));
    }
  }

  @Test
  void shouldTellLostBrowsersWhereItIs() throws IOException {
    try (RunningConsole console = RunningConsole.open()) {
      try (Socket lost =
          new Socket(InetAddress.getLoopbackAddress(), console.server().plainPort())) {
        lost.getOutputStream()
            .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(lost.getInputStream().read()).isEqualTo('X');
      }
      assertThat(console.console().url()).isEqualTo("http://127.0.0.1:" + console.port() + "/");
    }
  }
}
