package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.Identities;
import io.wwep.conformance.wire.Devices;
import io.wwep.it.conformance.TargetServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lecture's messages, sent by programs that know nothing of this project. */
class InteropTest {

  private static final String PYTHON_PLAIN =
      """
      import socket, sys
      with socket.create_connection((sys.argv[1], int(sys.argv[2])), 2) as s:
          s.settimeout(2)
          s.sendall(sys.argv[3].encode())
          reply = b""
          while len(reply) < 11:
              part = s.recv(11 - len(reply))
              if not part:
                  break
              reply += part
      print(reply.decode(), end="")
      """;

  static final String PYTHON_TLS =
      """
      import socket, ssl, sys
      context = ssl.create_default_context(cafile=sys.argv[4] if len(sys.argv) > 4 else None)
      with socket.create_connection((sys.argv[1], int(sys.argv[2])), 2) as tcp:
          with context.wrap_socket(tcp, server_hostname=sys.argv[1]) as s:
              s.sendall(sys.argv[3].encode())
              reply = b""
              while len(reply) < 11:
                  part = s.recv(11 - len(reply))
                  if not part:
                      break
                  reply += part
      print(reply.decode(), end="")
      """;

  /**
   * A message of the lecture, and its reply.
   *
   * @param sent without a line end
   */
  record Message(String sent, String reply) {}

  private static TargetServer target;
  private static Devices devices;

  /** In this order: the read finds what the write has stored. */
  private List<Message> messages;

  @BeforeAll
  static void open() {
    target = TargetServer.open();
    devices = new Devices(target.target(), true, Devices.ofNoBoard(System.nanoTime()));
  }

  @AfterAll
  static void close() {
    target.close();
  }

  @BeforeEach
  void writeMessages() throws Exception {
    String device = devices.fresh();
    messages =
        List.of(
            new Message("R%s0B".formatted(device), "X"),
            new Message("W%s0B1234".formatted(device), "A%s0B1234".formatted(device)),
            new Message("R%s0B".formatted(device), "A%s0B1234".formatted(device)),
            new Message("W01234", "X"));
  }

  private static String plainPort() {
    return Integer.toString(target.plainPort());
  }

  private static String tlsPort() {
    assumeTrue(target.tlsPort() != TargetServer.NOT_SERVED, "no TLS port was named");
    return Integer.toString(target.tlsPort());
  }

  /** The name to connect to over TLS; some programs check names only, and no addresses. */
  private static String tlsHost() {
    return target.host().equals("127.0.0.1") ? "localhost" : target.host();
  }

  private static String caFile() {
    assumeTrue(target.caFile().isPresent(), "no CA file was named: -Dwwep.conformance.ca");
    return target.caFile().get().toString();
  }

  private void expectReplies(Tool tool) throws Exception {
    for (Message message : messages) {
      Tool.Result result = tool.run(message.sent + "\n");
      assertThat(result.out()).as("%s; %s", message.sent, result.err()).isEqualTo(message.reply);
    }
  }

  /** For programs that print more than the reply, and leave when their input ends. */
  private void expectRepliesAmongOutput(Tool tool) throws Exception {
    for (Message message : messages) {
      Pattern reply = Pattern.compile("(?s)(.*\\n)?" + message.reply + ".*");
      Tool.Result result = tool.run(message.sent + "\n", reply);
      assertThat(result.out()).as("%s; %s", message.sent, result.err()).matches(reply);
    }
  }

  // ---- command lines

  /** The pipe of PROTOCOL.md: nc does not end its side, the server's linger ends the connection. */
  @Test
  void shouldAnswerNetcatThatWaitsForTheServer() throws Exception {
    expectReplies(Tool.of("nc", target.host(), plainPort()));
  }

  @Test
  void shouldAnswerNetcatThatEndsItsSide() throws Exception {
    Tool.Result help = Tool.of("nc", "-h").run("");
    assumeTrue((help.out() + help.err()).contains("OpenBSD"), "nc of OpenBSD is not installed");
    expectReplies(Tool.of("nc", "-N", target.host(), plainPort()));
  }

  @Test
  void shouldAnswerManyFramesOfNetcat() throws Exception {
    Tool.Result help = Tool.of("nc", "-h").run("");
    assumeTrue((help.out() + help.err()).contains("OpenBSD"), "nc of OpenBSD is not installed");
    String device = devices.fresh();
    String sent = "W%s0B1234\r\nR%s0B\nhello\n".formatted(device, device);
    Tool.Result result = Tool.of("nc", "-N", target.host(), plainPort()).run(sent);
    assertThat(result.out()).isEqualTo("A%s0B1234".formatted(device).repeat(2) + "X");
    assertThat(result.exit()).isZero();
  }

  @Test
  void shouldAnswerSocat() throws Exception {
    expectReplies(
        Tool.of("socat", "-t", "2", "-", "TCP:%s:%s".formatted(target.host(), plainPort())));
  }

  @Test
  void shouldAnswerSocatOverTls() throws Exception {
    String address = "OPENSSL:%s:%s,cafile=%s".formatted(tlsHost(), tlsPort(), caFile());
    expectReplies(Tool.of("socat", "-t", "2", "-", address));
  }

  @Test
  void shouldAnswerTelnet() throws Exception {
    expectRepliesAmongOutput(Tool.of("telnet", target.host(), plainPort()));
  }

  // ---- TLS programs

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void shouldAnswerOpensslThatVerifies(String version) throws Exception {
    expectReplies(
        Tool.of(
            "openssl",
            "s_client",
            "-quiet",
            version,
            "-verify_return_error",
            "-verify_hostname",
            tlsHost(),
            "-CAfile",
            caFile(),
            "-connect",
            tlsHost() + ":" + tlsPort()));
  }

  @Test
  void shouldAnswerOpensslThatWaitsForTheServer() throws Exception {
    expectReplies(
        Tool.of("openssl", "s_client", "-quiet", "-connect", tlsHost() + ":" + tlsPort()));
  }

  @Test
  void shouldNotBeTrustedByOpensslThatDoesNotKnowTheCa() throws Exception {
    Tool.Result result =
        Tool.of(
                "openssl",
                "s_client",
                "-quiet",
                "-verify_return_error",
                "-no-CAfile",
                "-no-CApath",
                "-connect",
                tlsHost() + ":" + tlsPort())
            .run(messages.get(0).sent + "\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("verify");
  }

  @Test
  void shouldAnswerGnutlsThatVerifies(@TempDir Path directory) throws Exception {
    expectRepliesAmongOutput(
        Tool.of(
            "gnutls-cli",
            "--logfile",
            directory.resolve("gnutls.log").toString(),
            "--x509cafile",
            caFile(),
            "-p",
            tlsPort(),
            tlsHost()));
  }

  /** What accepts this server's certificate above must not accept any other. */
  @Test
  void shouldNotBeTrustedByProgramsThatKnowAnotherCa(@TempDir Path directory) throws Exception {
    String other = otherCa(directory);
    String frame = messages.get(0).sent + "\n";
    String address = "OPENSSL:%s:%s,cafile=%s".formatted(tlsHost(), tlsPort(), other);
    Tool.Result socat = Tool.of("socat", "-t", "2", "-", address).run(frame);
    Tool.Result gnutls =
        Tool.of("gnutls-cli", "--x509cafile", other, "-p", tlsPort(), tlsHost()).run(frame);

    assertThat(socat.out()).isEmpty();
    assertThat(socat.exit()).isNotZero();
    assertThat(gnutls.exit()).isNotZero();
    assertThat(gnutls.out() + gnutls.err()).contains("NOT trusted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openssl", "mbedtls", "wolfssl"})
  void shouldNotBeTrustedByABoardThatKnowsAnotherCa(String library, @TempDir Path directory)
      throws Exception {
    String board = compile(library, directory);
    Tool.Result result =
        Tool.of(board, tlsHost(), tlsPort(), "tls", otherCa(directory), messages.get(0).sent)
            .run("");

    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isEqualTo(3);
  }

  private static String otherCa(Path directory) {
    Path identity = directory.resolve("other");
    return Identities.loadOrCreate(identity, Clock.systemUTC())
        .certificateFiles()
        .get(0)
        .toString();
  }

  // ---- programs of their own

  @Test
  void shouldAnswerPython() throws Exception {
    for (Message message : messages) {
      Tool.Result result =
          Tool.of("python3", "-c", PYTHON_PLAIN, target.host(), plainPort(), message.sent).run("");
      assertThat(result.out()).as(result.err()).isEqualTo(message.reply);
    }
  }

  @Test
  void shouldAnswerPythonThatVerifies() throws Exception {
    for (String host : List.of(target.host(), tlsHost())) {
      for (Message message : messages.subList(1, 4)) {
        Tool.Result result =
            Tool.of("python3", "-c", PYTHON_TLS, host, tlsPort(), message.sent, caFile()).run("");
        assertThat(result.out()).as(result.err()).isEqualTo(message.reply);
      }
    }
  }

  @Test
  void shouldNotBeTrustedByPythonThatDoesNotKnowTheCa() throws Exception {
    Tool.Result result =
        Tool.of("python3", "-c", PYTHON_TLS, tlsHost(), tlsPort(), messages.get(0).sent).run("");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("CERTIFICATE_VERIFY_FAILED");
  }

  // ---- boards in C

  @ParameterizedTest
  @ValueSource(strings = {"openssl", "mbedtls", "wolfssl"})
  void shouldAnswerABoardInC(String library, @TempDir Path directory) throws Exception {
    String board = compile(library, directory);
    expectBoardReplies(board, target.host(), plainPort(), "plain", "-");
    writeMessages();
    expectBoardReplies(board, tlsHost(), tlsPort(), "tls", "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openssl", "mbedtls", "wolfssl"})
  void shouldAnswerABoardInCThatVerifies(String library, @TempDir Path directory) throws Exception {
    expectBoardReplies(compile(library, directory), tlsHost(), tlsPort(), "tls", caFile());
  }

  private void expectBoardReplies(String board, String host, String port, String mode, String ca)
      throws Exception {
    for (Message message : messages) {
      Tool.Result result = Tool.of(board, host, port, mode, ca, message.sent).run("");
      String how = message.reply.equals("X") ? "closed" : "complete";
      assertThat(result.out())
          .as(result.err())
          .matches("got %s in \\d+ ms: %s\\R".formatted(message.reply, how));
    }
  }

  private static String compile(String library, Path directory) throws Exception {
    return CSource.program("board_%s.c".formatted(library), directory, library).toString();
  }
}
