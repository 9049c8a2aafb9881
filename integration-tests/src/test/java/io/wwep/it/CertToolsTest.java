package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wwep cert} makes, with the programs that others check and use certificates with. */
@Timeout(120)
class CertToolsTest {

  private static final String FRAME = "W0FAC0B1234";
  private static final String REPLY = "A0FAC0B1234";

  /** Files and ports by the kind of key. */
  private enum Kind {
    RSA,
    EC
  }

  @TempDir private static Path directory;

  private static final Map<Kind, WwepProcess> SERVERS = new EnumMap<>(Kind.class);

  @BeforeAll
  static void makeAndServe() throws Exception {
    for (Kind kind : Kind.values()) {
      cert(kind, "ca");
      cert(kind, "server", "localhost", "127.0.0.1");
      cert(kind, "device", "0FAC");
      SERVERS.put(
          kind,
          WwepProcess.serve(
              folder(kind),
              "--bind",
              "127.0.0.1",
              "--cert",
              "localhost.pem",
              "--key",
              "localhost.key.pem"));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(WwepProcess::close);
  }

  private static Path folder(Kind kind) {
    return directory.resolve(kind.name());
  }

  private static String file(Kind kind, String name) {
    return folder(kind).resolve(name).toString();
  }

  private static String port(Kind kind) {
    return Integer.toString(SERVERS.get(kind).tlsPort());
  }

  private static void cert(Kind kind, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("cert"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--out", folder(kind).toString()));
    if (kind == Kind.EC) {
      all.add("--ec");
    }
    try (WwepProcess wwep = WwepProcess.start(directory, all.toArray(String[]::new))) {
      assertThat(wwep.awaitExit()).as("%s", wwep.errors()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"RSA, localhost", "EC, localhost", "RSA, 127.0.0.1", "EC, 127.0.0.1"})
  void shouldBeTrustedByABoardWithOpenssl(Kind kind, String host) throws Exception {
    expectBoard(CSource.program("board_openssl.c", directory, "openssl"), kind, host);
  }

  /** By address too, which this version compares with host names only. */
  @ParameterizedTest
  @CsvSource({"RSA, localhost", "EC, localhost", "RSA, 127.0.0.1", "EC, 127.0.0.1"})
  void shouldBeTrustedByABoardWithMbedTls(Kind kind, String host) throws Exception {
    expectBoard(CSource.program("board_mbedtls.c", directory, "mbedtls"), kind, host);
  }

  private void expectBoard(Path board, Kind kind, String host) throws Exception {
    Tool.Result result =
        Tool.of(board.toString(), host, port(kind), "tls", file(kind, "ca.pem"), FRAME).run("");
    assertThat(result.out()).as(result.err()).startsWith("got " + REPLY + " in ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldBeTrustedByGnutls(Kind kind) throws Exception {
    Tool.Result result =
        Tool.of("gnutls-cli", "--x509cafile", file(kind, "ca.pem"), "-p", port(kind), "localhost")
            .run("");
    assertThat(result.out() + result.err()).contains("The certificate is trusted");
  }

  @ParameterizedTest
  @CsvSource({"RSA, localhost", "EC, 127.0.0.1"})
  void shouldBeTrustedByPython(Kind kind, String host) throws Exception {
    Tool.Result result =
        Tool.of(
                "python3",
                "-c",
                InteropTest.PYTHON_TLS,
                host,
                port(kind),
                FRAME,
                file(kind, "ca.pem"))
            .run("");
    assertThat(result.out()).as(result.err()).isEqualTo(REPLY);
  }

  @ParameterizedTest
  @CsvSource({"RSA, localhost", "EC, 127.0.0.1"})
  void shouldBeTrustedByTheClientHere(Kind kind, String host) throws Exception {
    String[] read = {
      "read",
      "--tls",
      "--ca",
      file(kind, "ca.pem"),
      "--host",
      host,
      "--port",
      port(kind),
      "0FAC",
      "0C"
    };
    try (WwepProcess wwep = WwepProcess.start(directory, read)) {
      assertThat(wwep.awaitExit()).as("never written, and so X: %s", wwep.errors()).isEqualTo(1);
    }
  }

  /** The JDK's own tool has opinions of its own on dates, sizes and encodings. */
  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldBeReadByKeytool(Kind kind) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    for (String name : List.of("ca.pem", "localhost.pem", "device-0FAC.pem")) {
      Tool.Result result =
          Tool.of(keytool.toString(), "-printcert", "-file", file(kind, name)).run("");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("O=WWEP", kind == Kind.RSA ? "2048-bit RSA key" : "256-bit EC")
          .doesNotContainIgnoringCase("warning");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void shouldHaveKeysThatOpensslFindsValid(Kind kind) throws Exception {
    for (String name : List.of("ca", "localhost", "device-0FAC")) {
      Tool.Result key =
          Tool.of("openssl", "pkey", "-in", file(kind, name + ".key.pem"), "-check", "-pubout")
              .run("");
      Tool.Result certificate =
          Tool.of("openssl", "x509", "-in", file(kind, name + ".pem"), "-noout", "-pubkey").run("");
      assertThat(key.out()).contains(certificate.out()).contains("Key is valid");
    }
  }
}
