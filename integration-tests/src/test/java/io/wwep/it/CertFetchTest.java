package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.TestCertificate.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wwep cert fetch} sees of other people's servers, good and bad. */
@Timeout(120)
class CertFetchTest {

  private static final String READ_CERTIFICATE =
      "import ssl,sys; c=ssl.create_default_context(cafile=sys.argv[1]);"
          + " print(c.get_ca_certs()[0]['subject'])";

  @TempDir private static Path directory;

  private static TestCertificate root;
  private static TestCertificate intermediate;
  private static TestCertificate leaf;

  @BeforeAll
  static void makeChain() throws Exception {
    root = new Recipe("Lab Root").ca().make();
    intermediate = new Recipe("Lab CA 2").signedBy(root).ca().make();
    leaf =
        new Recipe("server")
            .signedBy(intermediate)
            .names("DNS:localhost", "IP:127.0.0.1", "IP:::1")
            .make();
    TestCertificate.write(directory.resolve("root.pem"), root);
    leaf.writeKey(directory.resolve("leaf.key"));
  }

  private static String file(String name, TestCertificate... certificates) throws Exception {
    return TestCertificate.write(directory.resolve(name), certificates).toString();
  }

  private static String rootFile() {
    return directory.resolve("root.pem").toString();
  }

  /** Serves the leaf, and these behind it. */
  private static ToolServer serve(List<TestCertificate> behind, String... options)
      throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("-cert", file("leaf.pem", leaf), "-key", directory.resolve("leaf.key") + ""));
    if (!behind.isEmpty()) {
      all.add("-cert_chain");
      all.add(file("behind.pem", behind.toArray(TestCertificate[]::new)));
    }
    all.addAll(List.of(options));
    return ToolServer.openssl(all.toArray(String[]::new));
  }

  private record Fetched(int exitCode, String out, String err) {}

  private static Fetched fetch(String server, String... options) throws Exception {
    return fetch(WwepProcess.Surroundings.NONE, server, options);
  }

  private static Fetched fetch(
      WwepProcess.Surroundings surroundings, String server, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("cert", "fetch", server));
    all.addAll(List.of(options));
    try (WwepProcess wwep =
        WwepProcess.start(surroundings, directory, all.toArray(String[]::new))) {
      int exitCode = wwep.awaitExit();
      return new Fetched(
          exitCode, String.join("\n", wwep.output()), String.join("\n", wwep.errors()));
    }
  }

  private static Fetched shown(String server, String... options) throws Exception {
    Fetched fetched = fetch(server, options);
    assertThat(fetched.err).isEmpty();
    assertThat(fetched.exitCode).isZero();
    return fetched;
  }

  @Test
  void shouldShowTheChainFromTheRootDown() throws Exception {
    try (ToolServer server = serve(List.of(intermediate))) {
      Fetched fetched = shown("127.0.0.1:" + server.port(), "--ca", rootFile());
      assertThat(fetched.out)
          .contains("TLSv1.3", "Lab Root", "root, not sent, known: " + rootFile())
          .contains("Lab CA 2", "intermediate, sent as number 2")
          .contains("server, sent as number 1", "localhost, 127.0.0.1, ::1")
          .contains("give the board the root, Lab Root: --save root")
          .doesNotContain("not trusted");
    }
  }

  /** What is saved is what OpenSSL, Java's own tool and Python read. */
  @Test
  void shouldSaveWhatOtherToolsRead() throws Exception {
    try (ToolServer server = serve(List.of(intermediate))) {
      String place = "localhost:" + server.port();
      shown(place, "--ca", rootFile(), "--save", "all", "--out", "saved");
      shown(place, "--ca", rootFile(), "--save", "root", "--out", "saved/root.der", "--der");
      shown(place, "--save", "intermediate", "--out", "saved/next.pem");
    }
    Path saved = directory.resolve("saved");
    for (String name : List.of("localhost.pem", "Lab-CA-2.pem", "Lab-Root.pem", "next.pem")) {
      String file = saved.resolve(name).toString();
      assertThat(Tool.of("openssl", "x509", "-in", file, "-noout").run("").exit()).isZero();
      assertThat(keytool(file).exit()).isZero();
    }
    assertThat(keytool(saved.resolve("root.der").toString()).out()).contains("CN=Lab Root");
    Tool.Result python =
        Tool.of("python3", "-c", READ_CERTIFICATE, saved.resolve("Lab-Root.pem").toString())
            .run("");
    assertThat(python.out()).as(python.err()).contains("Lab Root");
    assertThat(saved.resolve("next.pem")).hasSameTextualContentAs(saved.resolve("Lab-CA-2.pem"));
  }

  private static Tool.Result keytool(String file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    return Tool.of(keytool.toString(), "-printcert", "-file", file).run("");
  }

  @Test
  void shouldReplaceNothingUnlessForced() throws Exception {
    Path kept = Files.writeString(directory.resolve("kept.pem"), "mine");
    try (ToolServer server = serve(List.of())) {
      String place = "localhost:" + server.port();
      Fetched refused = fetch(place, "--save", "leaf", "--out", "kept.pem");
      assertThat(refused.err).contains("kept.pem is there already", "--force");
      assertThat(refused.exitCode).isEqualTo(2);
      assertThat(kept).hasContent("mine");
      shown(place, "--save", "leaf", "--out", "kept.pem", "--force");
      assertThat(Files.readString(kept)).isEqualTo(leaf.pem());
    }
  }

  /** Which version and suite a server takes is its own affair, as long as it shows something. */
  @ParameterizedTest
  @ValueSource(strings = {"NORMAL", "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT"})
  void shouldFetchFromGnutls(String priority) throws Exception {
    String chain = file("gnutls.pem", leaf, intermediate);
    String key = directory.resolve("leaf.key").toString();
    try (ToolServer server =
        ToolServer.gnutls("--x509certfile", chain, "--x509keyfile", key, "--priority", priority)) {
      assertThat(shown("localhost:" + server.port(), "--ca", rootFile()).out)
          .contains(priority.contains("TLS1.1") ? "TLSv1.1," : "TLSv1.3,")
          .contains("intermediate, sent as number 2", "trusted");
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, handshake_failure", "-tls1_3, TLSv1.3"})
  void shouldSayThatAClientCertificateIsAskedFor(String version, String sign) throws Exception {
    try (ToolServer server =
        serve(
            List.of(intermediate),
            version,
            "-Verify",
            "2",
            "-verify_return_error",
            "-CAfile",
            rootFile())) {
      assertThat(shown("localhost:" + server.port()).out)
          .contains("a client certificate, of Lab Root", "Lab CA 2", sign);
    }
  }

  /** The root is known to the system alone, as a web server's is. */
  @Test
  void shouldFindTheRootInTheSystemsStore() throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String store = directory.resolve("system.jks").toString();
    String[] imported = {
      keytool.toString(),
      "-importcert",
      "-noprompt",
      "-alias",
      "root",
      "-file",
      rootFile(),
      "-keystore",
      store,
      "-storepass",
      "changeit",
      "-storetype",
      "JKS"
    };
    assertThat(Tool.of(imported).run("").exit()).isZero();
    var system = WwepProcess.Surroundings.NONE.jvm("-Djavax.net.ssl.trustStore=" + store);
    try (ToolServer server = serve(List.of(intermediate))) {
      Fetched fetched =
          fetch(system, "localhost:" + server.port(), "--save", "root", "--out", "system.pem");
      assertThat(fetched.out).contains("root, not sent, known: this system's roots", "trusted");
      assertThat(directory.resolve("system.pem")).hasContent(root.pem());
    }
  }

  @Test
  void shouldSayWhatToTakeWhereTheRootIsNotThere() throws Exception {
    try (ToolServer server = serve(List.of(intermediate))) {
      Fetched fetched = fetch("localhost:" + server.port(), "--save", "root");
      assertThat(fetched.exitCode).isEqualTo(1);
      assertThat(fetched.err.lines()).hasSize(1);
      assertThat(fetched.err).contains("Lab Root, who signed Lab CA 2", "--save intermediate");
    }
    try (ToolServer server = serve(List.of())) {
      Fetched fetched = shown("localhost:" + server.port(), "--ca", rootFile());
      assertThat(fetched.out)
          .contains("not trusted", "Lab CA 2, who signed it, is neither known nor sent");
    }
  }

  /** The name is right, and a board that was given it would refuse the server. */
  @Test
  void shouldNotAdviseARootOfTheSameNameAndAnotherKey() throws Exception {
    String other = file("namesake.pem", new Recipe("Lab Root").ca().make());
    try (ToolServer server = serve(List.of(intermediate))) {
      String place = "localhost:" + server.port();
      assertThat(shown(place, "--ca", other).out)
          .contains("not trusted", "not made with the key of Lab Root")
          .contains("is not the one of this name that is known", "--save intermediate");
      assertThat(fetch(place, "--ca", other, "--save", "root").exitCode).isEqualTo(1);
    }
  }

  @Test
  void shouldTellOrderDuplicatesAndStrangersApart() throws Exception {
    TestCertificate below = new Recipe("Lab CA 3").signedBy(intermediate).ca().make();
    TestCertificate own = new Recipe("deep").signedBy(below).names("DNS:localhost").make();
    TestCertificate stranger = new Recipe("Stranger").ca().make();
    String key = own.writeKey(directory.resolve("deep.key")).toString();
    try (ToolServer server =
        ToolServer.openssl(
            "-cert",
            file("deep.pem", own),
            "-key",
            key,
            "-cert_chain",
            file("mixed.pem", intermediate, below, below, stranger, root))) {
      String out = shown("localhost:" + server.port(), "--ca", rootFile()).out;
      assertThat(out)
          .contains("Lab CA 2 stands before what it has signed")
          .contains("certificate 4 (Lab CA 3) is the same as certificate 3")
          .contains("certificate 5 (Stranger) has nothing to do with the others")
          .contains("certificate 6 (Lab Root) is the root, which boards have already");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1", "-tls1_2"})
  void shouldSpeakToOldServersWithWeakKeys(String version) throws Exception {
    TestCertificate weak =
        new Recipe("weak").key("RSA", 1024).hash("SHA1").names("DNS:localhost").make();
    String key = weak.writeKey(directory.resolve("weak.key")).toString();
    try (ToolServer server =
        ToolServer.openssl(
            "-cert",
            file("weak.pem", weak),
            "-key",
            key,
            version,
            "-cipher",
            "DEFAULT:@SECLEVEL=0")) {
      assertThat(shown("localhost:" + server.port()).out)
          .contains("RSA 1024, signed with SHA1withRSA")
          .contains(version.equals("-tls1") ? "TLSv1," : version.replace("-tls1_", "TLSv1."));
    }
  }

  @Test
  void shouldAskForAnotherName() throws Exception {
    TestCertificate second = new Recipe("second").names("DNS:second.lab").make();
    String key = second.writeKey(directory.resolve("second.key")).toString();
    try (ToolServer server =
        serve(
            List.of(),
            "-servername",
            "second.lab",
            "-cert2",
            file("second.pem", second),
            "-key2",
            key)) {
      String place = "127.0.0.1:" + server.port();
      assertThat(shown(place).out).contains("subject      CN=server");
      assertThat(shown(place, "--servername", "second.lab").out)
          .contains("subject      CN=second")
          .doesNotContain("not among its names");
    }
  }

  @Test
  void shouldTakeAnIpv6Address() throws Exception {
    String key = directory.resolve("leaf.key").toString();
    try (ToolServer server =
        ToolServer.opensslOn("[::1]", "-cert", file("leaf.pem", leaf), "-key", key)) {
      assertThat(shown("[::1]:" + server.port()).out)
          .contains("[::1]:" + server.port())
          .doesNotContain("not among its names");
    }
  }

  /** What others wrote into a certificate moves no cursor and leaves no directory. */
  @Test
  void shouldBeSafeFromHostileNames() throws Exception {
    TestCertificate hostile = new Recipe("../../\u001B[31mowned\\,evil/CON").ca().make();
    TestCertificate own =
        new Recipe("own").signedBy(hostile).names("DNS:localhost", "DNS:\u001B]0;x").make();
    String key = own.writeKey(directory.resolve("own.key")).toString();
    try (ToolServer server =
        ToolServer.openssl(
            "-cert", file("own.pem", own), "-key", key, "-cert_chain", file("h.pem", hostile))) {
      Fetched fetched = shown("localhost:" + server.port(), "--save", "root", "--out", "hostile");
      assertThat(fetched.out + fetched.err).doesNotContain("\u001B");
    }
    try (Stream<Path> files = Files.list(directory.resolve("hostile"))) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .singleElement()
          .asString()
          .matches("[A-Za-z0-9_][A-Za-z0-9._-]*\\.pem");
    }
  }

  @Test
  void shouldFetchFromThisServer() throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory, "--bind", "127.0.0.1")) {
      assertThat(shown("localhost:" + server.tlsPort()).out)
          .contains("server and its own root", "this one certificate as its root")
          .contains("once you have compared its SHA-256");
      Fetched plain = fetch("localhost:" + server.plainPort());
      assertThat(plain.exitCode).isEqualTo(3);
      assertThat(plain.err).contains("WWEP without TLS", "give its TLS port");
    }
  }
}
