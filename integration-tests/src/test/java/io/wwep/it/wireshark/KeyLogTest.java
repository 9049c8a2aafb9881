package io.wwep.it.wireshark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.client.Trust;
import io.wwep.it.Loopback;
import io.wwep.it.Tool;
import io.wwep.it.WwepProcess;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key logs of the server and of the clients: with them a capture can be read, and without not. */
@Timeout(180)
class KeyLogTest {

  /** What the launcher's jar says for itself. */
  private static final WwepProcess.Surroundings OPEN =
      WwepProcess.Surroundings.NONE.jvm("--add-opens", "java.base/sun.security.ssl=ALL-UNNAMED");

  private static final String JDK_ENGINE = "-Dio.netty.handler.ssl.noOpenSsl=true";
  private static final Pattern REPLY = Pattern.compile("(?s).*A0FAC0B1234.*");

  @TempDir private Path directory;
  private WwepProcess server;
  private Capture capture;

  private Path keys(String name) {
    return directory.resolve(name);
  }

  private void serve(WwepProcess.Surroundings surroundings) throws Exception {
    server = WwepProcess.serve(surroundings, directory, "--keylog", keys("server.txt").toString());
    capture = Capture.begin(directory, server.tlsPort());
  }

  @AfterEach
  void end() throws Exception {
    if (capture != null) {
      capture.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private String address() {
    return "127.0.0.1:" + capture.port(server.tlsPort());
  }

  private void wwep(int exitCode, String... command) throws Exception {
    try (WwepProcess client = WwepProcess.start(OPEN, directory, command)) {
      assertThat(client.awaitExit()).as("%s", client.errors()).isEqualTo(exitCode);
    }
  }

  private void writeByCommand(String name) throws Exception {
    String port = capture.port(server.tlsPort()) + "";
    wwep(
        0,
        "write",
        "0FAC",
        "0B",
        "1234",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--insecure",
        "--keylog",
        keys(name).toString());
  }

  /** Reads by OpenSSL. */
  private void readByOpenSsl(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", address(), "-ign_eof"));
    command.addAll(List.of(options));
    Tool.Result result = Tool.of(command.toArray(String[]::new)).run("R0FAC0B", REPLY);
    assertThat(result.out()).containsPattern(REPLY);
  }

  private Tshark tshark(Path file) {
    return Tshark.on(file).with("-o", "wwep.tls_ports:" + server.tlsPort()).twice();
  }

  private static Tshark keyed(Tshark tshark, Path keys) {
    return tshark.with("-o", "tls.keylog_file:" + keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dnothing", JDK_ENGINE})
  void shouldLetACaptureBeReadInBothVersionsAndWhenSessionsAreResumed(String engine)
      throws Exception {
    serve(OPEN.jvm(engine));
    writeByCommand("client.txt");
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      Path session = keys("session" + version);
      readByOpenSsl(version, "-sess_out", session.toString());
      if (Files.exists(session)) {
        readByOpenSsl(version, "-sess_in", session.toString());
      }
    }

    Tshark tshark = tshark(capture.end());
    int connections = tshark.rows("tls.handshake.type == 1", "frame.number").size();
    assertThat(connections).isGreaterThanOrEqualTo(3);
    assertThat(tshark.rows("wwep", "frame.number")).isEmpty();
    Tshark byServer = keyed(tshark, keys("server.txt"));
    assertThat(byServer.column("wwep.command", "wwep.response_in"))
        .hasSize(connections)
        .doesNotContain("");
    assertThat(byServer.column("wwep.reply == \"A\"", "wwep.value"))
        .hasSize(connections)
        .containsOnly("0x1234");
    assertThat(keyed(tshark, keys("client.txt")).rows("wwep.command", "tcp.stream", "wwep.command"))
        .containsExactly(List.of("0", "W"));
  }

  private SSLSocket around(Socket tcp) throws Exception {
    tcp.connect(new InetSocketAddress(Loopback.address(1), capture.port(server.tlsPort())));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {Trust.insecure().manager()}, null);
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", 1, true);
    tls.startHandshake();
    return tls;
  }

  private static void ask(SSLSocket tls, String request, String reply) throws IOException {
    tls.getOutputStream().write(request.getBytes(US_ASCII));
    assertThat(new String(tls.getInputStream().readNBytes(reply.length()), US_ASCII))
        .isEqualTo(reply);
  }

  @Test
  void shouldReadOnBehindAKeyUpdate() throws Exception {
    serve(OPEN);
    try (SSLSocket tls = around(new Socket())) {
      ask(tls, "W0FAC0B1234", "A0FAC0B1234");
      tls.startHandshake(); // in TLS 1.3 the JDK sends a KeyUpdate then
      ask(tls, "R0FAC0B", "A0FAC0B1234");
    }

    Tshark tshark = keyed(tshark(capture.end()), keys("server.txt"));
    assertThat(tshark.rows("tls.handshake.type == 24", "frame.number")).isNotEmpty();
    assertThat(tshark.column("wwep.reply", "wwep.reply")).containsExactly("A", "A");
  }

  @Test
  void shouldTellRecordsOfOneSegmentApart() throws Exception {
    serve(OPEN);
    Holding tcp = new Holding();
    try (SSLSocket tls = around(tcp)) {
      tcp.hold();
      for (String record : List.of("W0FAC0B", "1234", "R0FAC0BR0BAC0B", "R0FA", "C0B")) {
        tls.getOutputStream().write(record.getBytes(US_ASCII));
      }
      tcp.release();
      String expected = "A0FAC0B1234A0FAC0B1234XA0FAC0B1234";
      assertThat(new String(tls.getInputStream().readNBytes(expected.length()), US_ASCII))
          .isEqualTo(expected);
    }

    Tshark tshark = keyed(tshark(capture.end()), keys("server.txt"));
    List<List<String>> requests = tshark.rows("wwep.command", "wwep.command", "wwep.device");
    assertThat(requests).containsExactly(List.of("W|R|R|R", "0x0fac|0x0fac|0x0bac|0x0fac"));
    assertThat(String.join("|", tshark.column("wwep.reply", "wwep.reply"))).isEqualTo("A|A|X|A");
    assertThat(tshark.column("wwep.expert.unasked || wwep.expert.no_response", "frame.number"))
        .isEmpty();
  }

  /** A socket that sends what was written in one go when it is told. */
  private static final class Holding extends Socket {

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;

    void hold() {
      holding = true;
    }

    void release() throws IOException {
      holding = false;
      super.getOutputStream().write(held.toByteArray());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
          if (holding) {
            held.write(bytes, start, length);
          } else {
            out.write(bytes, start, length);
          }
        }
      };
    }
  }

  @Test
  void shouldWarnAndKeepTheFileForItsOwnerAndAppend() throws Exception {
    Path file = keys("server.txt");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "# of yesterday\n");
    serve(OPEN);

    assertThat(server.output())
        .anyMatch(each -> each.contains("whoever reads this file can read all their traffic"));
    writeByCommand("client.txt");
    assertThat(Files.getPosixFilePermissions(keys("client.txt")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readAllLines(keys("client.txt")))
        .hasSize(4)
        .allMatch(each -> each.matches("[A-Z_0]+ [0-9a-f]{64} [0-9a-f]{64,96}"));
    server.terminate();
    server.awaitExit();
    assertThat(Files.readAllLines(file)).startsWith("# of yesterday").hasSizeGreaterThan(4);
    List<String> secrets =
        Files.readAllLines(keys("client.txt")).stream()
            .map(each -> each.split(" ", -1)[2])
            .toList();
    assertThat(String.join("\n", server.output()) + server.errors())
        .doesNotContain(secrets.toArray(String[]::new));
  }

  /** As the launcher starts it, and without a word to Java about its insides. */
  @Test
  void shouldNeedNoOptionOfJavaWhenItIsStartedFromItsJar() throws Exception {
    Optional<String> jar =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(each -> each.matches(".*wwep-cli-[^/\\\\]*\\.jar"))
            .findFirst();
    assumeTrue(jar.isPresent(), "the command is not packed here");
    server = WwepProcess.serve(directory);
    Tool.Result result =
        Tool.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.orElseThrow(),
                "send",
                "W0FAC0B1234",
                "--host",
                "127.0.0.1",
                "--port",
                server.tlsPort() + "",
                "--insecure",
                "--keylog",
                keys("client.txt").toString())
            .run("");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.readAllLines(keys("client.txt"))).hasSize(4);
  }

  @Test
  void shouldRefuseWhereJavaDoesNotLetItsKeysBeRead() throws Exception {
    server = WwepProcess.serve(directory);
    String port = server.tlsPort() + "";
    try (WwepProcess client =
        WwepProcess.start(
            directory,
            "read",
            "0FAC",
            "0B",
            "--insecure",
            "--host",
            "127.0.0.1",
            "--port",
            port,
            "--keylog",
            "keys.txt")) {
      assertThat(client.awaitExit()).isEqualTo(2);
      assertThat(client.errors())
          .anyMatch(
              each ->
                  each.contains(
                      "start it with --add-opens java.base/sun.security.ssl=ALL-UNNAMED"));
    }
    try (WwepProcess second =
        WwepProcess.start(
            WwepProcess.Surroundings.NONE.jvm(JDK_ENGINE),
            directory,
            "serve",
            "--port",
            "0",
            "--tls-port",
            "0",
            "--no-http",
            "--data",
            "other",
            "--keylog",
            "keys.txt")) {
      assertThat(second.awaitExit()).isEqualTo(2);
      assertThat(second.errors()).anyMatch(each -> each.contains("--add-opens"));
    }
  }
}
