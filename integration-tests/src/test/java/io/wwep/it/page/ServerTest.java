package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Tool;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server of itself: figures that move, certificates to take away, limits. */
@Timeout(120)
class ServerTest {

  @RegisterExtension
  private static final Walk WALK = Walk.with("--max-requests-per-second", "1000");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final String TYPE_AND_TEXT =
      """
      return fetch(arguments[0]).then(async answer =>
        answer.headers.get('Content-Type') + ' ' + await answer.text());
      """;

  private static Path pem() {
    return WALK.directory().resolve("wwep-data/tls/ec.pem");
  }

  @Test
  void shouldShowFiguresThatMove() {
    WALK.open("server");
    WALK.browser().awaitText(".part", "Version");
    WALK.browser().awaitText(".part", "0 so far");
    WALK.board(3).says("W0A01050001");
    WALK.board(3).saysByTls("R0A0105");
    WALK.board(3).says("W0A01050001\0");

    WALK.browser().awaitText(".part", "1 write, 1 read");
    WALK.browser().awaitText(".part", "too-long");
    WALK.browser().awaitText(".part", "TLSv1.3");
    WALK.browser().awaitText(".part", "1 of 1 device");
    WALK.browser()
        .awaitUntil(
            "messages on their chart",
            () ->
                WALK.browser().texts(".sample-now").stream().anyMatch(each -> each.contains("/s")));
    assertThat(WALK.browser().all(".sample-chart canvas")).hasSizeGreaterThanOrEqualTo(5);
    WALK.requireNoBarriers();
  }

  @Test
  void shouldTellLimitsAndVersion() {
    WALK.open("server");

    WALK.browser().awaitText(".limits", "1,000");
    assertThat(WALK.browser().await(".limits").getText()).contains("never", "off");
    WALK.browser().awaitText(".part", "wwep 0.1.0");
    WALK.browser().awaitText(".part", String.valueOf(WALK.server().plainPort()));
    WALK.browser().awaitText(".part", "takes writes");
  }

  @Test
  void shouldShipTheLicencesOfWhatThePageIsMadeOf() {
    WALK.open("server");
    WALK.browser().awaitText(".part", "Version");
    String address = WALK.browser().named("a", "licences").getAttribute("href");

    assertThat(WALK.browser().run(TYPE_AND_TEXT, address))
        .asString()
        .startsWith("text/plain; charset=utf-8")
        .contains("preact", "uplot", "Jason Miller", "Leon Sorokin")
        .contains("Permission is hereby granted");
  }

  @Test
  void shouldShowTheFingerprintThatOpensslFinds() throws Exception {
    WALK.open("server");
    Tool.Result found =
        Tool.of("openssl", "x509", "-in", pem().toString(), "-noout", "-fingerprint", "-sha256")
            .run("");

    String fingerprint = found.out().strip().replaceFirst(".*=", "");
    assertThat(fingerprint).hasSize(95);
    WALK.browser().awaitText(".certificates", fingerprint);
    assertThat(WALK.browser().await(".certificates").getText()).contains("days left", "EC", "RSA");
  }

  @Test
  void shouldGiveTheCertificateAsPemAsDerAndAsACArray() throws Exception {
    WALK.open("server");
    WALK.browser().awaitText(".certificates", "PEM");
    X509Certificate expected = certificate(Files.readAllBytes(pem()));

    assertThat(certificate(download("PEM", ".pem"))).isEqualTo(expected);
    assertThat(download("PEM", ".pem")).asString().doesNotContain("PRIVATE KEY");
    assertThat(certificate(download("DER", ".der"))).isEqualTo(expected);
    String c = new String(download("C array", ".c"), StandardCharsets.US_ASCII);
    assertThat(certificate(fromC(c))).isEqualTo(expected);
  }

  private static byte[] download(String button, String suffix) throws Exception {
    try (Downloads downloads = new Downloads(WALK.browser())) {
      WALK.browser().click(button);
      return downloads.awaitBytes(suffix);
    }
  }

  private static X509Certificate certificate(byte[] bytes) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  /** A C compiler makes one text of them. */
  private static byte[] fromC(String source) {
    StringBuilder text = new StringBuilder();
    Matcher literals = LITERAL.matcher(source);
    while (literals.find()) {
      text.append(literals.group(1).translateEscapes());
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
