package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code --cert} at the servers of other TLS stacks, each of which refuses in a way of its own:
 * with another alert, before or behind the end of the handshake, with or without a reset.
 */
@Timeout(240)
class ClientCertificateToolsTest {

  private static final String REPLY = "A0FAC0B1234";

  @TempDir private static Path directory;

  private static final Map<String, ForeignServer> SERVERS = new LinkedHashMap<>();

  @BeforeAll
  static void makeAndServe() throws Exception {
    for (String each : List.of("here", "elsewhere")) {
      cert("ca", "--name", each, "--out", file(each));
      cert("device", "0FAC", "--out", file(each));
    }
    cert("server", "localhost", "127.0.0.1", "--out", file("here"));
    SERVERS.put("OpenSSL, TLS 1.2", openssl("-tls1_2"));
    SERVERS.put("OpenSSL, TLS 1.3", openssl("-tls1_3"));
    SERVERS.put("GnuTLS, TLS 1.2", gnutls("NORMAL:-VERS-TLS1.3"));
    SERVERS.put("GnuTLS, TLS 1.3", gnutls("NORMAL"));
    SERVERS.put(
        "Python",
        ForeignServer.python(
            file("here/localhost.pem"), file("here/localhost.key.pem"), file("here/ca.pem")));
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(ForeignServer::close);
  }

  private static ForeignServer openssl(String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-rev"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-Verify", "3", "-verify_return_error"));
    command.addAll(List.of("-cert", file("here/localhost.pem")));
    command.addAll(List.of("-key", file("here/localhost.key.pem")));
    command.addAll(List.of("-CAfile", file("here/ca.pem")));
    command.addAll(List.of(more));
    return ForeignServer.printingItsPort(command.toArray(String[]::new));
  }

  private static ForeignServer gnutls(String priority) throws Exception {
    return ForeignServer.on(
        "gnutls-serv",
        "--echo",
        "--require-client-cert",
        "--verify-client-cert",
        "--priority",
        priority,
        "--x509certfile",
        file("here/localhost.pem"),
        "--x509keyfile",
        file("here/localhost.key.pem"),
        "--x509cafile",
        file("here/ca.pem"),
        "-p",
        "PORT");
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void cert(String... arguments) throws Exception {
    Tool.Result result = wwep(Stream.concat(Stream.of("cert"), Stream.of(arguments)).toList());
    assertThat(result.exit()).as(result.err()).isZero();
  }

  private static Tool.Result wwep(List<String> arguments) throws Exception {
    try (WwepProcess wwep = WwepProcess.start(directory, arguments.toArray(String[]::new))) {
      int exit = wwep.awaitExit();
      return new Tool.Result(
          exit, String.join("\n", wwep.output()), String.join("\n", wwep.errors()));
    }
  }

  /**
   * Sends a reply, since these servers say back what they get, and openssl says it backwards.
   *
   * @param more options
   */
  private static Tool.Result send(ForeignServer server, boolean backwards, String... more)
      throws Exception {
    String line = backwards ? new StringBuilder(REPLY).reverse().toString() : REPLY;
    List<String> all = new ArrayList<>(List.of("send", line + "\\n", "--timeout", "10s"));
    all.addAll(List.of("--port", Integer.toString(server.port()), "--ca", file("here/ca.pem")));
    all.addAll(List.of(more));
    return wwep(all);
  }

  private static Tool.Result send(String server, String... more) throws Exception {
    return send(SERVERS.get(server), server.startsWith("OpenSSL"), more);
  }

  private static void expectRefusal(Tool.Result result, String... parts) {
    assertThat(result.err()).contains(parts).doesNotContain("Exception").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(4);
  }

  static Stream<String> servers() {
    return SERVERS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldBeLetInWithACertificate(String server) throws Exception {
    Tool.Result result = send(server, "--cert", file("here/device-0FAC.pem"));
    assertThat(result.out()).as(result.err()).startsWith(REPLY);
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldSayThatACertificateIsWanted(String server) throws Exception {
    expectRefusal(
        send(server), " wants a client certificate", ", and none was given (TLS alert ", "--cert");
  }

  /** Python's names no authorities, so that the alert is all that tells it. */
  @ParameterizedTest
  @MethodSource("servers")
  void shouldSayThatOneOfAnotherAuthorityIsWanted(String server) throws Exception {
    Tool.Result result = send(server, "--cert", file("elsewhere/device-0FAC.pem"));
    if (server.equals("Python")) {
      expectRefusal(result, " does not trust CN=elsewhere,OU=CA,O=WWEP", "(TLS alert unknown_ca)");
    } else {
      expectRefusal(
          result,
          " takes only client certificates signed by CN=here,OU=CA,O=WWEP, and",
          " was signed by CN=elsewhere,OU=CA,O=WWEP (TLS alert ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void shouldSayThatTheServersClockIsBeyondTheEnd(String version) throws Exception {
    String in2065 = "3000000000";
    try (ForeignServer server = openssl(version, "-attime", in2065)) {
      expectRefusal(
          send(server, true, "--cert", file("here/device-0FAC.pem")),
          " holds the client certificate CN=0FAC,OU=device,O=WWEP for expired",
          "(TLS alert certificate_expired): compare the two clocks");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void shouldNotNeedOneWhereTheServerOnlyAsks(String version) throws Exception {
    try (ForeignServer server =
        ForeignServer.printingItsPort(
            "openssl",
            "s_server",
            "-rev",
            "-accept",
            "127.0.0.1:0",
            "-verify",
            "3",
            version,
            "-cert",
            file("here/localhost.pem"),
            "-key",
            file("here/localhost.key.pem"))) {
      Tool.Result result = send(server, true);
      assertThat(result.out()).as(result.err()).startsWith(REPLY);
      assertThat(result.exit()).isZero();
    }
  }

  /** The server knows the root alone, so the one between has to come with the device's. */
  @Test
  void shouldShowTheWholeChain() throws Exception {
    makeIntermediate();
    cert("device", "0FAD", "--ca", file("between.pem"), "--out", file("chain"));
    Path whole = directory.resolve("chain/device-0FAD.pem");
    String all = Files.readString(whole);
    String end = "-----END CERTIFICATE-----\n";
    assertThat(all.split(end, -1)).as("two certificates").hasSize(3);
    Path first =
        Files.writeString(
            directory.resolve("chain/first.pem"), all.substring(0, all.indexOf(end)) + end);

    for (String server : SERVERS.keySet()) {
      Tool.Result shown = send(server, "--cert", whole.toString());
      assertThat(shown.out()).as("%s: %s", server, shown.err()).startsWith(REPLY);
      Tool.Result cut =
          send(server, "--cert", first.toString(), "--key", file("chain/device-0FAD.key.pem"));
      assertThat(cut.exit()).as("%s: %s", server, cut.err()).isEqualTo(4);
      assertThat(cut.err()).contains("CN=between");
    }
  }

  private static void makeIntermediate() throws Exception {
    tool(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=between",
        "-keyout",
        file("between.key.pem"),
        "-out",
        file("between.csr"));
    Path extensions =
        Files.writeString(
            directory.resolve("between.ext"),
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n");
    tool(
        "x509",
        "-req",
        "-in",
        file("between.csr"),
        "-CA",
        file("here/ca.pem"),
        "-CAkey",
        file("here/ca.key.pem"),
        "-CAcreateserial",
        "-days",
        "30",
        "-extfile",
        extensions.toString(),
        "-out",
        file("between.pem"));
  }

  private static void tool(String... arguments) throws Exception {
    Tool.Result result =
        Tool.of(Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toArray(String[]::new))
            .run("");
    assertThat(result.exit()).as(result.err()).isZero();
  }
}
