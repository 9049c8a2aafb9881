package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.BoardCheck;
import io.wwep.certs.BoardFlag;
import io.wwep.certs.BoardStack;
import io.wwep.certs.BoardVerdict;
import io.wwep.certs.Root;
import io.wwep.certs.ServerName;
import io.wwep.it.TestCertificate.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code wwep cert verify} decides is what OpenSSL decides of the same files, and what mbed
 * TLS does, bit by bit.
 */
@Timeout(120)
class CertVerifyTest {

  private static final Pattern FAILED =
      Pattern.compile("\"step\":\"([a-z ]+)\",\"result\":\"failed\"");
  private static final Pattern FLAGS = Pattern.compile("\"flags\":\"(0x[0-9A-F]{8})\"");

  private static final Pattern ALERT =
      Pattern.compile("\"error\":\"(-0x\\w+)\",.*\"alert\":(\\d+)");

  @TempDir private static Path directory;

  private static Path mbedTls;
  private static TestCertificate root;
  private static TestCertificate intermediate;

  @BeforeAll
  static void makeCas() throws Exception {
    mbedTls = CSource.program("verify_mbedtls.c", directory, "mbedtls");
    root = new Recipe("Root").ca().make();
    intermediate = new Recipe("Intermediate").signedBy(root).ca().make();
  }

  /** What a server shows, what is known, and by which name it is asked for. */
  private record Case(TestCertificate known, String host, List<TestCertificate> shown) {

    static Case of(TestCertificate known, String host, TestCertificate... shown) {
      return new Case(known, host, List.of(shown));
    }
  }

  private static Recipe server() {
    return new Recipe("wwep.lab").names("DNS:wwep.lab").signedBy(root);
  }

  private static Case good(Recipe server) throws Exception {
    return Case.of(root, "wwep.lab", server.make());
  }

  private static Case below(Recipe ca) throws Exception {
    TestCertificate made = ca.make();
    return Case.of(root, "wwep.lab", server().signedBy(made).make(), made);
  }

  private static TestCertificate own(int usage) throws Exception {
    return new Recipe("own.lab").names("DNS:own.lab").ca().usage(usage).make();
  }

  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4");

  private static Recipe unknown(Recipe recipe) throws Exception {
    return recipe.extension(UNKNOWN, true, DERNull.INSTANCE);
  }

  private static Recipe policies(Recipe recipe, String oid) throws Exception {
    PolicyInformation policy = new PolicyInformation(new ASN1ObjectIdentifier(oid));
    return recipe.extension(Extension.certificatePolicies, true, new CertificatePolicies(policy));
  }

  private static Arguments row(String step, Case decided) {
    return Arguments.of(step, decided);
  }

  /** The steps that fail, or none, and the case. */
  static Stream<Arguments> cases() throws Exception {
    TestCertificate other = new Recipe("Root").ca().make();
    TestCertificate leaf = server().make();
    TestCertificate own = own(KeyUsage.keyCertSign | KeyUsage.digitalSignature);
    TestCertificate signer = own(KeyUsage.keyCertSign);
    TestCertificate short0 = new Recipe("Short").signedBy(root).ca(0).make();
    TestCertificate below = new Recipe("Below").signedBy(short0).ca().make();
    TestCertificate ecRoot = new Recipe("EC Root").key("EC", 256).ca().make();
    TestCertificate ec = server().signedBy(ecRoot).key("EC", 256).make();
    TestCertificate lower = new Recipe("Lower").signedBy(intermediate).ca().make();
    TestCertificate lowest = server().signedBy(lower).make();
    TestCertificate strange = unknown(new Recipe("Root").ca()).make();
    return Stream.of(
        row("extensions", good(unknown(server()))),
        row("extensions", below(unknown(new Recipe("CA").signedBy(root).ca()))),
        row("extensions", Case.of(strange, "wwep.lab", server().signedBy(strange).make())),
        row("", good(server().extension(UNKNOWN, false, DERNull.INSTANCE))),
        row("", good(policies(server(), "2.5.29.32.0"))),
        row("", good(server())),
        row("", good(server().purpose(KeyPurposeId.id_kp_serverAuth))),
        row("", Case.of(ecRoot, "wwep.lab", ec)),
        row("", Case.of(own, "own.lab", own)),
        row("use", Case.of(signer, "own.lab", signer)),
        row("", below(new Recipe("CA").signedBy(root).ca(0))),
        row("", Case.of(root, "a.lab", server().names("DNS:*.lab.x", "DNS:a.lab").make())),
        row("", Case.of(root, "a.wwep.lab", server().names("DNS:*.wwep.lab").make())),
        row("name", good(server().names("DNS:wwep.lab."))),
        row("name", Case.of(root, "a.b.wwep.lab", server().names("DNS:*.wwep.lab").make())),
        row("name", Case.of(root, "wwep.lab", server().names("DNS:*.wwep.lab").make())),
        row("name", Case.of(root, "other.lab", leaf)),
        row("", Case.of(root, "wwep.lab", server().names().make())),
        row("", Case.of(root, "wwep.lab", lowest, intermediate, lower, intermediate)),
        row("dates", good(server().days(-20, -1))),
        row("dates", good(server().days(1, 20))),
        row("dates", below(new Recipe("CA").signedBy(root).ca().days(-20, -1))),
        row("known root", Case.of(intermediate, "wwep.lab", leaf)),
        row("signature", Case.of(other, "wwep.lab", leaf)),
        row("hash,signature", Case.of(root, "wwep.lab", leaf.tampered("wwep.lab"))),
        row("signature", Case.of(ecRoot, "wwep.lab", ec.tampered("wwep.lab"))),
        row("known root", Case.of(root, "wwep.lab", server().signedBy(intermediate).make())),
        row("may sign", below(new Recipe("Server").signedBy(root))),
        row(
            "may sign",
            below(new Recipe("CA").signedBy(root).ca().usage(KeyUsage.digitalSignature))),
        row("may sign", Case.of(root, "wwep.lab", server().signedBy(below).make(), below, short0)),
        row("strength", good(server().hash("SHA1"))),
        row("strength", good(server().pss("SHA1"))),
        row("", good(server().pss("SHA256"))),
        row("strength", below(new Recipe("CA").signedBy(root).ca().hash("SHA1"))),
        row("strength", good(server().key("RSA", 1024))),
        row("use", good(server().purpose(KeyPurposeId.id_kp_clientAuth))),
        row("dates,name", Case.of(root, "other.lab", server().days(-20, -1).make())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldDecideAsOpensslDoes(String steps, Case decided) throws Exception {
    Decision here = decide(decided);
    Tool.Result openssl = openssl(decided, "-verify_hostname", decided.host);

    assertThat(here.failed).as(here.json).isEqualTo(steps);
    assertThat(openssl.exit() == 0).as(openssl.err()).isEqualTo(here.exitCode == 0);
  }

  /** What mbed TLS does not look at, or does not read, other stacks do: a step for each of them. */
  static Stream<Arguments> extensionsApart() throws Exception {
    return Stream.of(
        Arguments.of("", "", below(limited(false, "wwep.lab"))),
        Arguments.of("may sign", "", below(limited(false, "foo.lab"))),
        Arguments.of("may sign", "extensions", below(limited(true, "foo.lab"))),
        Arguments.of("", "extensions", below(limited(true, "lab"))),
        Arguments.of("", "extensions", good(server().permitted(true, "foo.lab"))),
        Arguments.of("", "extensions", good(policies(server(), "1.2.3.4"))));
  }

  /** In a wildcard of two labels, and in one over an address, mbed TLS sees nothing special. */
  @ParameterizedTest
  @CsvSource({"*.lab, wwep.lab", "*.168.1.5, 192.168.1.5"})
  void shouldMatchWildcardsAsMbedTlsDoes(String name, String host) throws Exception {
    Case decided = Case.of(root, host, server().names("DNS:" + name).make());
    assertThat(failed(verdict(decided, Optional.empty()))).isEqualTo("name");
    assertThat(failed(verdict(decided, Optional.of(BoardStack.ANY)))).isEqualTo("name");
    assertThat(failed(verdict(decided, Optional.of(BoardStack.MBEDTLS)))).isEmpty();
    assertThat(mbedTls(decided)).isEqualTo("0x00000000");
  }

  private static Recipe limited(boolean critical, String name) throws Exception {
    return new Recipe("CA").signedBy(root).ca().permitted(critical, name);
  }

  @ParameterizedTest
  @MethodSource("extensionsApart")
  void shouldTellWhatOpensslAndMbedTlsMakeOfExtensions(
      String steps, String stepsOfMbedTls, Case decided) throws Exception {
    Tool.Result openssl = openssl(decided, "-verify_hostname", decided.host);
    BoardVerdict plain = verdict(decided, Optional.empty());
    BoardVerdict ofMbedTls = verdict(decided, Optional.of(BoardStack.MBEDTLS));

    assertThat(failed(plain)).isEqualTo(steps);
    assertThat(plain.isAccepted()).as(openssl.err()).isEqualTo(openssl.exit() == 0);
    assertThat(failed(ofMbedTls)).isEqualTo(stepsOfMbedTls);
    assertThat(flags(ofMbedTls)).isEqualTo(mbedTls(decided));
  }

  /** Where TLS refuses, and mbed TLS, what {@code openssl verify} does not look at. */
  static Stream<Arguments> refusedByMbedTls() throws Exception {
    TestCertificate leaf = server().make();
    TestCertificate lower = new Recipe("Lower").signedBy(intermediate).ca().make();
    TestCertificate lowest = server().signedBy(lower).make();
    TestCertificate old = new Recipe("own.lab").names("DNS:own.lab").hash("SHA1").make();
    return Stream.of(
        row("known root", Case.of(leaf, "wwep.lab", leaf)),
        row("order", Case.of(root, "wwep.lab", lowest, intermediate, lower)),
        row("strength", Case.of(old, "own.lab", old)),
        row("use", good(server().usage(KeyUsage.keyEncipherment))));
  }

  @ParameterizedTest
  @MethodSource("refusedByMbedTls")
  void shouldRefuseWhatMbedTlsRefuses(String steps, Case decided) throws Exception {
    BoardVerdict verdict = verdict(decided, Optional.of(BoardStack.MBEDTLS));
    assertThat(failed(verdict)).isEqualTo(steps);
    assertThat(failed(verdict(decided, Optional.of(BoardStack.ANY)))).isEqualTo(steps);
    assertThat(flags(verdict)).isEqualTo(mbedTls(decided));
  }

  @Test
  void shouldRefuseASignedCertificateThatIsItsOwnRoot() throws Exception {
    TestCertificate leaf = server().make();
    Case decided = Case.of(leaf, "wwep.lab", leaf);
    assertThat(failed(verdict(decided, Optional.empty()))).isEqualTo("known root");
    assertThat(openssl(decided).exit()).isNotZero();
  }

  @Test
  void shouldLetAServerWithoutSignaturesServeTlsRsaAlone() throws Exception {
    Case decided = good(server().usage(KeyUsage.keyEncipherment));
    assertThat(failed(verdict(decided, Optional.empty()))).isEqualTo("use");
    assertThat(failed(verdict(decided, Optional.of(BoardStack.WICED)))).isEmpty();
  }

  private static String failed(BoardVerdict verdict) {
    return String.join(",", verdict.failures().stream().map(each -> each.kind().words()).toList());
  }

  /** As {@code verify_mbedtls} prints them: of what it does not read there are none. */
  private static String flags(BoardVerdict verdict) {
    return BoardFlag.areUnreadable(verdict.flags())
        ? BoardFlag.error(verdict.flags())
        : "0x%08X".formatted(BoardFlag.bits(verdict.flags()));
  }

  private static BoardVerdict verdict(Case decided, Optional<BoardStack> stack) throws Exception {
    List<X509Certificate> shown = new ArrayList<>();
    for (TestCertificate each : decided.shown) {
      shown.add(each.certificate());
    }
    return BoardCheck.of(
        new BoardCheck.Question(
            shown,
            List.of(new Root(decided.known.certificate(), "firmware")),
            Optional.of(ServerName.of(decided.host)),
            Instant.now(),
            stack));
  }

  /** Behind the command line, which would take a second for each. */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldNameTheFlagsOfMbedTls(String steps, Case decided) throws Exception {
    BoardVerdict verdict = verdict(decided, Optional.of(BoardStack.MBEDTLS));

    assertThat(flags(verdict)).as("failed: %s", verdict.failures()).isEqualTo(mbedTls(decided));
    assertThat(verdict.isAccepted()).isEqualTo(steps.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"IP:10.0.0.1", "DNS:10.0.0.1", "none"})
  void shouldCompareAddressesAsBothKindsOfStacksDo(String name) throws Exception {
    Recipe recipe = new Recipe("10.0.0.1").signedBy(root);
    Case decided =
        Case.of(root, "10.0.0.1", (name.equals("none") ? recipe : recipe.names(name)).make());
    Tool.Result openssl = openssl(decided, "-verify_ip", decided.host);

    assertThat(decide(decided).exitCode == 0).as(openssl.err()).isEqualTo(openssl.exit() == 0);
    assertThat(decide(decided, "--for", "mbedtls").flags).isEqualTo(mbedTls(decided));
    assertThat(decide(decided, "--for", "any").exitCode)
        .as("each is refused by one of the two")
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01, 0", "2026-01-01T00:00:00, 1767225600", "2100-01-01, 4102444800"})
  void shouldBelieveTheClockOfTheBoard(String at, String seconds) throws Exception {
    Case decided = good(server());
    Decision here = decide(decided, "--at", at);

    assertThat(here.failed).isEqualTo("dates,dates");
    assertThat(openssl(decided, "-attime", seconds).exit()).isNotZero();
  }

  static Stream<Arguments> refused() throws Exception {
    TestCertificate other = new Recipe("Root").ca().make();
    return Stream.of(
        Arguments.of(Case.of(other, "localhost", ofLocalhost().make())),
        Arguments.of(Case.of(root, "localhost", server().make())),
        Arguments.of(Case.of(root, "localhost", ofLocalhost().days(-20, -1).make())),
        Arguments.of(Case.of(root, "localhost", ofLocalhost().days(1, 20).make())),
        Arguments.of(Case.of(root, "localhost", ofLocalhost().hash("SHA1").make())),
        Arguments.of(Case.of(root, "localhost", ofLocalhost().key("RSA", 1024).make())),
        Arguments.of(
            Case.of(
                root, "localhost", ofLocalhost().purpose(KeyPurposeId.id_kp_clientAuth).make())),
        Arguments.of(Case.of(root, "localhost", unknown(ofLocalhost()).make())),
        Arguments.of(
            Case.of(root, "localhost", ofLocalhost().usage(KeyUsage.keyEncipherment).make())),
        Arguments.of(Case.of(root, "localhost", ofLocalhost().hash("SHA1").days(-20, -1).make())));
  }

  private static Recipe ofLocalhost() {
    return server().names("DNS:localhost");
  }

  /** What a person sees on the board and in the server's log is what was announced. */
  @ParameterizedTest
  @MethodSource("refused")
  void shouldAnnounceTheErrorAndTheAlertOfABoardWithMbedTls(Case decided) throws Exception {
    Path board = CSource.program("board_mbedtls.c", directory, "mbedtls");
    TestCertificate shown = decided.shown.get(0);
    String key = shown.writeKey(Files.createTempFile(directory, "server", ".key")).toString();
    try (ToolServer server =
        ToolServer.openssl("-cert", file(shown), "-key", key, "-cipher", "DEFAULT:@SECLEVEL=0")) {
      String port = Integer.toString(server.port());
      Tool.Result result =
          Tool.of(board.toString(), "localhost", port, "tls", file(decided.known), "W0FAC0B1234")
              .run("");
      Decision here = decide(decided, "--for", "mbedtls");
      Matcher alert = ALERT.matcher(here.json);

      assertThat(here.exitCode).isEqualTo(1);
      assertThat(alert.find()).as(here.json).isTrue();
      assertThat(result.err()).contains("handshake failed: " + alert.group(1));
      server.awaitLine("SSL alert number " + alert.group(2));
    }
  }

  /** The table of stacks is as good as it was tried. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prime192v1",
        "secp224r1",
        "prime256v1",
        "secp521r1",
        "secp256k1",
        "brainpoolP256r1",
        "ED25519"
      })
  void shouldKnowWhichKeysMbedTlsTakes(String kind) throws Exception {
    String[] key =
        kind.equals("ED25519")
            ? new String[] {"-newkey", "ed25519"}
            : new String[] {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + kind};
    String made = directory.resolve(kind + ".pem").toString();
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of(key));
    command.addAll(List.of("-subj", "/CN=a.lab", "-out", made, "-keyout", made + ".key"));
    assertThat(Tool.of(command.toArray(String[]::new)).run("").exit()).isZero();
    String[] verify = {"cert", "verify", "--ca", made, "--for", "mbedtls", made};
    try (WwepProcess wwep = WwepProcess.start(directory, verify)) {
      wwep.awaitExit();
      boolean taken = Tool.of(mbedTls.toString(), made, made, "-").run("").out().startsWith("0x");
      boolean noted = wwep.errors().stream().anyMatch(each -> each.contains("not take keys"));
      assertThat(noted).as("%s", wwep.errors()).isEqualTo(!taken);
    }
  }

  private record Decision(int exitCode, String failed, String flags, String json) {}

  private static Decision decide(Case decided, String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("cert", "verify", "--json", "--ca", file(decided.known), "--host"));
    all.add(decided.host);
    all.addAll(List.of(options));
    all.add(file(decided.shown.toArray(TestCertificate[]::new)));
    try (WwepProcess wwep = WwepProcess.start(directory, all.toArray(String[]::new))) {
      int exitCode = wwep.awaitExit();
      String json = String.join("\n", wwep.output());
      Matcher flags = FLAGS.matcher(json);
      List<String> failed = FAILED.matcher(json).results().map(each -> each.group(1)).toList();
      return new Decision(
          exitCode,
          String.join(",", failed),
          flags.find() ? flags.group(1) : "0x00000000",
          json + wwep.errors());
    }
  }

  private static Tool.Result openssl(Case decided, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "verify", "-auth_level", "2", "-purpose", "sslserver"));
    command.addAll(List.of("-CAfile", file(decided.known), "-no-CApath", "-no-CAstore"));
    command.addAll(List.of(options));
    command.addAll(List.of("-untrusted", file(decided.shown.toArray(TestCertificate[]::new))));
    command.add(file(decided.shown.get(0)));
    return Tool.of(command.toArray(String[]::new)).run("");
  }

  private static String mbedTls(Case decided) throws Exception {
    String shown = file(decided.shown.toArray(TestCertificate[]::new));
    Tool.Result result =
        Tool.of(mbedTls.toString(), shown, file(decided.known), decided.host).run("");
    return result.out().strip().split(" ", -1)[1];
  }

  private static String file(TestCertificate... certificates) throws Exception {
    Path file = Files.createTempFile(directory, "chain", ".pem");
    return TestCertificate.write(file, certificates).toString();
  }
}
