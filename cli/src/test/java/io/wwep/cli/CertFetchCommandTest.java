package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that show nothing, and what is typed wrongly; OpenSSL's servers are in {@code it}. */
@Timeout(60)
class CertFetchCommandTest {

  private static final String TIMEOUT = "--timeout=300ms";

  private static Identity identity;

  @TempDir private Path directory;

  private final CountDownLatch over = new CountDownLatch(1);
  private ServerSocket listener;

  /** What a peer does with a connection. */
  @FunctionalInterface
  private interface Peer {
    void meet(Socket socket) throws Exception;
  }

  @BeforeAll
  static void make() {
    identity =
        Identities.selfSigned(
            KeyAlgorithm.EC_P256,
            List.of(ServerName.of("localhost")),
            Validity.starting(Clock.systemUTC(), Period.ofDays(30)));
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    if (listener != null) {
      listener.close();
    }
  }

  private String listen(Peer peer) throws IOException {
    return listen(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), peer);
  }

  private String listen(ServerSocket socket, Peer peer) {
    listener = socket;
    Thread thread =
        new Thread(
            () -> {
              try (Socket accepted = socket.accept()) {
                peer.meet(accepted);
              } catch (Exception ended) {
                // The command has left, which is what it should do.
              }
            },
            "peer");
    thread.setDaemon(true);
    thread.start();
    return "localhost:" + socket.getLocalPort();
  }

  private String listenTls(Peer peer) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    return listen(socket, peer);
  }

  private static Peer answering(byte[] bytes) {
    return socket -> {
      socket.getInputStream().read();
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request|speaks HTTP and not TLS",
        "<!DOCTYPE html><p>no|speaks HTTP and not TLS",
        "X plain-wwep|as WWEP without TLS does",
        "SSH-2.0-OpenSSH_9.2|answers 'SSH-2.0-OpenSSH_9.2', which is not TLS"
      })
  void shouldTellWhatAnswersInPlaceOfTls(String answer, String told) throws Exception {
    String place = listen(answering(answer.getBytes(StandardCharsets.US_ASCII)));
    Run.of("cert", "fetch", place).failsWith(ExitCode.NO_ANSWER, place, told, ": ");
  }

  @Test
  void shouldTellThatNothingCame() throws Exception {
    String place = listen(Socket::close);
    Run.of("cert", "fetch", place).failsWith(ExitCode.NO_ANSWER, place, "is this its TLS port?");
  }

  @Test
  void shouldTellThatTheConnectionWasReset() throws Exception {
    String place =
        listen(
            socket -> {
              socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            });
    Run.of("cert", "fetch", place).failsWith(ExitCode.NO_ANSWER, "broke the connection off");
  }

  @Test
  void shouldNotWaitForAServerThatSaysNothing() throws Exception {
    String place = listen(socket -> over.await());
    Run.of("cert", "fetch", place, TIMEOUT)
        .failsWith(ExitCode.NO_ANSWER, "answered nothing within 300 ms");
  }

  /** Each byte comes in time, all together would take hours. */
  @Test
  void shouldNotWaitForAServerThatTrickles() throws Exception {
    String place =
        listen(
            socket -> {
              socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x3F, 0});
              while (!over.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(2);
              }
            });
    Run.of("cert", "fetch", place, TIMEOUT)
        .failsWith(ExitCode.NO_ANSWER, "did not end within 300 ms");
  }

  /** A certificate message of 16 MB is announced, and none of it is kept. */
  @Test
  void shouldRefuseMessagesBeyondAllMeasure() throws Exception {
    byte[] hello = {
      0x16,
      3,
      3,
      0,
      0x5A,
      2,
      0,
      0,
      0x26,
      3,
      3,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
      11,
      12,
      13,
      14,
      15,
      16,
      17,
      18,
      19,
      20,
      21,
      22,
      23,
      24,
      25,
      26,
      27,
      28,
      29,
      30,
      31,
      32,
      0,
      (byte) 0xC0,
      0x2F,
      0,
      11,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF
    };
    byte[] record = java.util.Arrays.copyOf(hello, 5 + 0x5A);
    Run.of("cert", "fetch", listen(answering(record)), TIMEOUT)
        .failsWith(ExitCode.NO_ANSWER, "localhost:");
  }

  @Test
  void shouldTellAlertsApart() throws Exception {
    byte[] alert = {0x15, 3, 3, 0, 2, 2, 112};
    Run.of("cert", "fetch", listen(answering(alert)))
        .failsWith(ExitCode.NO_ANSWER, "no certificate for the name localhost", "--servername");
    byte[] version = {0x15, 3, 1, 0, 2, 2, 70};
    Run.of("cert", "fetch", listen(answering(version)))
        .failsWith(ExitCode.NO_ANSWER, "alert protocol_version");
  }

  @Test
  void shouldTellThatNothingListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Run run = Run.of("cert", "fetch", "127.0.0.1:" + port, "--json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out()).contains("\"result\":\"none\"", "nothing listens on 127.0.0.1:" + port);
  }

  /** Nothing but the handshake goes to a server that nobody has verified. */
  @Test
  void shouldSendNothingBehindTheHandshake() throws Exception {
    var received = new java.util.concurrent.CompletableFuture<byte[]>();
    String place =
        listenTls(
            socket -> {
              ((SSLSocket) socket).startHandshake();
              received.complete(socket.getInputStream().readAllBytes());
            });
    Run run = Run.of("cert", "fetch", place);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(received.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void shouldDescribeInJsonWhatItShowsToPeople() throws Exception {
    Peer shaking = socket -> ((SSLSocket) socket).startHandshake();
    Run run = Run.of("cert", "fetch", listenTls(shaking), "--json");
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out())
        .contains("\"result\":\"shown\"", "\"tls\":\"TLSv1.3\"", "\"trusted\":false")
        .contains("\"role\":\"server and its own root\"", "\"names\":[\"localhost\"]")
        .contains("\"fingerprint\":\"%s\"".formatted(identity.fingerprint()))
        .contains("\"exitCode\":0");
  }

  @Test
  void shouldSaveAServersOwnRootAsItsRoot() throws Exception {
    Peer shaking = socket -> ((SSLSocket) socket).startHandshake();
    String out = directory.resolve("made").toString();
    Run run = Run.of("cert", "fetch", listenTls(shaking), "--save", "root", "--out", out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path saved = directory.resolve("made").resolve("localhost.pem");
    assertThat(run.lines().get(run.lines().size() - 1)).startsWith(saved + "  ");
    assertThat(Files.readString(saved)).isEqualTo(Identities.toPem(identity.chain()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "http://a",
        "a:b",
        "a:0",
        "a:65536",
        "a/b",
        "[::1",
        "1.2.3",
        "a:1:2",
        "-x",
        "::1]"
      })
  void shouldRefuseWhatIsNoServer(String server) {
    Run.of("cert", "fetch", "--", server).failsWith(ExitCode.USAGE, "SERVER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--out=x", "--der", "--force"})
  void shouldNotGuessWhatToSave(String option) {
    Run.of("cert", "fetch", "localhost:1", option).failsWith(ExitCode.USAGE, "--save");
  }

  @Test
  void shouldSayWhatAServersNameIs() {
    Run.of("cert", "fetch", "localhost:1", "--servername", "a b")
        .failsWith(ExitCode.USAGE, "--servername takes a host name", "try 'wwep help cert fetch'");
  }

  @Test
  void shouldReadTheCaBeforeItConnects() {
    Run.of("cert", "fetch", "localhost:1", "--ca", "no-such.pem")
        .failsWith(ExitCode.REJECTED, "no-such.pem", "check the path");
  }
}
