package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.certs.KeyAlgorithm;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each alert of a server, and what people are told of it. */
@Timeout(60)
class TlsRefusalTest {

  private static final Endpoint ENDPOINT = Endpoint.of("wwep.example", 40508);

  @TempDir private Path directory;

  /** A server that has nothing to say but an alert, in clear as it is before the keys. */
  private static void answerWithAlert(ServerSocket server, int alert) {
    try (Socket socket = server.accept()) {
      InputStream hello = socket.getInputStream();
      byte[] head = hello.readNBytes(5);
      hello.readNBytes(((head[3] & 0xFF) << 8) | (head[4] & 0xFF));
      socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert});
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "70 | protocol_version | it takes neither TLS 1.2 nor 1.3",
        "40 | handshake_failure | most likely it shares no cipher suite, curve or signature",
        "71 | insufficient_security | most likely it shares no cipher suite, curve or signature",
        "112 | unrecognized_name | it serves no '127.0.0.1': connect by the name that it goes by",
        "80 | internal_error | it failed by itself: its log says why",
        "115 | unknown_psk_identity | it works with pre-shared keys",
        "120 | no_application_protocol | it insists on an application protocol (ALPN)",
        "47 | illegal_parameter | its log says why",
        "48 | unknown_ca | its log says why"
      })
  void shouldExplainARefusalBeforeAnythingWasAskedFor(int alert, String name, String sentence)
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(() -> answerWithAlert(server, alert));
      try (WwepClient client =
          WwepClient.builder("127.0.0.1")
              .port(server.getLocalPort())
              .tls(Trust.insecure())
              .build()) {
        assertThatExceptionOfType(WwepException.Unreachable.class)
            .isThrownBy(() -> client.write(1, 1, 1))
            .withMessageStartingWith(
                "%s refused the TLS handshake (alert %s): ".formatted(client.endpoint(), name))
            .withMessageContaining(sentence);
      }
      answer.join();
    }
  }

  private static WwepException refusal(
      CertificateRequest request, ClientIdentity identity, String alert) {
    return new TlsRefusal(ENDPOINT, request, identity)
        .ofCertificate(new SSLHandshakeException("Received fatal alert: " + alert));
  }

  private ClientIdentity identity() {
    return Pairs.of(directory, "class").client("device", KeyAlgorithm.EC_P256);
  }

  /** Without the server's list of CAs the alert is all that there is to go by. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown_ca | does not trust CN=class,OU=CA,O=WWEP, which signed the client certificate CN=0FAC,OU=device,O=WWEP (TLS alert unknown_ca): have that CA added",
        "bad_certificate | either since it does not trust CN=class,OU=CA,O=WWEP, which signed it, or since by its clock it is not within 2020-01-01 to 2045-01-01",
        "certificate_unknown | either since it does not trust",
        "handshake_failure | either since it does not trust",
        "decode_error | either since it does not trust",
        "certificate_expired | it is valid, from 2020-01-01 to 2045-01-01 (TLS alert certificate_expired): compare the two clocks",
        "certificate_revoked | was revoked, or its own list of what was revoked (CRL) is overdue",
        "unsupported_certificate | either for what it is made for, or for its kind of key or signature (SHA256withECDSA)",
        "access_denied | either this one, or all that CN=class,OU=CA,O=WWEP has signed",
        "decrypt_error | does not accept the signature of the client certificate's key (EC)",
        "insufficient_security | holds the key for too weak"
      })
  void shouldExplainTheRefusalOfACertificateByItsAlert(String alert, String sentence) {
    CertificateRequest request = new CertificateRequest(true, List.of("EC"), List.of());
    assertThat(refusal(request, identity(), alert))
        .hasMessageStartingWith("wwep.example:40508 ")
        .hasMessageContaining(sentence)
        .hasMessageContaining(" (TLS alert " + alert + "): ");
  }

  /** A date is plain in each stack, whatever CAs the server named. */
  @Test
  void shouldNotTakeAnExpiredCertificateForOneOfAnotherAuthority() {
    CertificateRequest request =
        new CertificateRequest(true, List.of("EC"), List.of(new X500Principal("CN=other")));
    ClientIdentity identity = identity();
    assertThat(refusal(request, identity, "certificate_expired"))
        .hasMessageContaining("for expired");
    assertThat(refusal(request, identity, "access_denied"))
        .hasMessageContaining("takes only client certificates signed by CN=other");
  }

  /** JDKs since 22 name the alert in front too. */
  @Test
  void shouldFindTheAlertInTheWordsOfNewerJdks() {
    CertificateRequest request = new CertificateRequest(false, List.of("EC"), List.of());
    WwepException refusal =
        new TlsRefusal(ENDPOINT, request, null)
            .ofCertificate(
                new SSLHandshakeException(
                    "(certificate_required) Received fatal alert: certificate_required"));
    assertThat(refusal).hasMessageContaining("(TLS alert certificate_required)");
  }

  @Test
  void shouldSayWhatKindsOfKeysTheServerTakes() {
    CertificateRequest request = new CertificateRequest(false, List.of("RSA"), List.of());
    assertThat(refusal(request, identity(), "certificate_required"))
        .hasMessageContaining("no client certificate with a key like this one's (EC), but RSA");
  }

  @Test
  void shouldNotPrintAllOfALongListOfAuthorities() {
    List<X500Principal> many =
        java.util.stream.IntStream.range(0, 200)
            .mapToObj(i -> new X500Principal("CN=" + "x".repeat(1_000) + i))
            .toList();
    CertificateRequest request = new CertificateRequest(false, List.of("EC"), List.copyOf(many));
    WwepException refusal = refusal(request, null, "certificate_required");
    assertThat(refusal.getMessage()).hasSizeLessThan(700).contains(" or 197 others");
  }

  @Test
  void shouldLeaveAlertsAloneThatAreNotAboutTheCertificate() {
    CertificateRequest request = new CertificateRequest(true, List.of("EC"), List.of());
    assertThat(refusal(request, identity(), "bad_record_mac")).isNull();
    assertThat(refusal(null, null, "unknown_ca")).isNull();
  }
}
