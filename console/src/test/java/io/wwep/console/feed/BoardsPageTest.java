package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.wwep.console.RunningConsole;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What boards do over real sockets, and what the console makes of it. */
class BoardsPageTest {

  private final RunningConsole running = RunningConsole.open();
  private final TestServer server = running.server();

  @AfterEach
  void close() {
    running.close();
  }

  private JsonObject awaitCard(String list, Predicate<JsonObject> wanted) {
    return Awaitility.await()
        .until(
            () ->
                Talk.json(running.port(), "/api/v1/boards").getJsonArray(list).stream()
                    .map(JsonObject.class::cast)
                    .filter(wanted)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static Predicate<JsonObject> reached(String stage) {
    return card -> card.getJsonObject("stages").getString(stage) != null;
  }

  @Test
  void shouldFollowABoardFromSilenceToALegalWriteWhoseReplyItReads() throws Exception {
    assertThat(Talk.send(server.plainPort(), "")).isEmpty();
    JsonObject silent = awaitCard("strangers", reached("connected"));
    assertThat(silent.getString("address")).isEqualTo("127.0.0.1");
    assertThat(silent.getString("why")).contains("flushed");

    assertThat(Talk.send(server.plainPort(), "w0FAC050001")).isEqualTo("X");
    assertThat(awaitCard("strangers", reached("sent")).getString("why")).contains("upper case");

    assertThat(Talk.send(server.plainPort(), "W0FAC050001")).isEqualTo("A0FAC050001");
    JsonObject board = awaitCard("boards", reached("replyRead"));
    assertThat(board.getString("device")).isEqualTo("0FAC");
    assertThat(board.getBoolean("stuck")).isFalse();
    assertThat(board.getLong("requests")).isEqualTo(2);
    assertThat(board.getLong("rejected")).isEqualTo(1);
    assertThat(board.getJsonArray("registers").getJsonObject(0).getInteger("value")).isEqualTo(1);
    assertThat(board.getJsonArray("peers").getJsonObject(0).getString("door")).isEqualTo("plain");
    assertThat(Talk.json(running.port(), "/api/v1/boards").getJsonArray("strangers")).isEmpty();
  }

  @Test
  void shouldTellThatABoardResetsTheConnectionBeforeItReadsTheReply() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
        socket.getOutputStream().write("W0FAC050001".getBytes(StandardCharsets.US_ASCII));
        Awaitility.await().until(() -> socket.getInputStream().available() > 0);
        socket.setSoLinger(true, 0);
      }
    }
    JsonObject board = awaitCard("boards", card -> card.getBoolean("stuck"));
    assertThat(board.getString("why")).contains("read 11 bytes");
  }

  @Test
  void shouldTellThatABoardVerifiesTheServerOnceItHasRefusedIt() throws Exception {
    assertThatThrownBy(() -> writeOverTls(SSLContext.getDefault())).isInstanceOf(IOException.class);
    JsonObject stranger = awaitCard("strangers", card -> card.getBoolean("stuck"));
    assertThat(stranger.getString("why")).startsWith("TLS fails: ");

    assertThat(writeOverTls(trusting())).isEqualTo("A0FAC050001");
    JsonObject board = awaitCard("boards", reached("verified"));
    assertThat(board.getBoolean("stuck")).isFalse();
    assertThat(board.getJsonArray("peers").getJsonObject(0).getString("tls")).startsWith("TLSv1.");
  }

  private String writeOverTls(SSLContext context) throws IOException {
    try (Socket socket =
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort())) {
      socket.getOutputStream().write("W0FAC050001".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(11), StandardCharsets.US_ASCII);
    }
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream file = Files.newInputStream(server.caFile())) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("ca" + store.size(), each);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void shouldMakeTheCardsOnceForAllWhoAskAtATime() throws Exception {
    Talk.send(server.plainPort(), "W0FAC050001");
    awaitCard("boards", card -> true);
    Set<String> times = new HashSet<>();
    AtomicInteger asked = new AtomicInteger();
    // On a busy machine a question may take longer than cards are good for.
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              times.add(Talk.json(running.port(), "/api/v1/boards").getString("time"));
              return asked.incrementAndGet() > times.size() && times.size() > 1;
            });
  }
}
