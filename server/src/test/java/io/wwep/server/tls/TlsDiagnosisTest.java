package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those that the engines really gave when each failure was provoked. */
class TlsDiagnosisTest {

  private static TlsDiagnosis diagnosis(ClientHello hello) {
    return new TlsDiagnosis(hello, TestSide.of(hello));
  }

  private static String explain(Throwable cause, ClientHello hello) {
    return explain(cause, hello, TlsDiagnosis.NO_ALERT);
  }

  private static String explain(Throwable cause, ClientHello hello, int alertInClear) {
    return diagnosis(hello).explain(cause, alertInClear);
  }

  private static String explainClose(boolean begun, ClientHello hello) {
    return diagnosis(hello).explainClose(begun);
  }

  private static String explainTimeout(long millis, boolean begun, ClientHello hello) {
    return diagnosis(hello).explainTimeout(millis, begun);
  }

  private static final ClientHello MBEDTLS = ClientHello.parse(ClientHelloSamples.MBEDTLS);
  private static final ClientHello OLD = ClientHello.parse(ClientHelloSamples.OPENSSL_TLS_1_0);
  private static final ClientHello RSA_ONLY =
      ClientHello.parse(ClientHelloSamples.OPENSSL_RSA_KEY_EXCHANGE);
  private static final ClientHello MODERN = ClientHello.parse(ClientHelloSamples.OPENSSL);

  private static SSLHandshakeException handshake(String message) {
    return new SSLHandshakeException(message);
  }

  private static SSLHandshakeException boringssl(String code, String reason) {
    return handshake("error:%s:SSL routines:OPENSSL_internal:%s".formatted(code, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "100003e8, SSLV3_ALERT_CLOSE_NOTIFY, 0 (close_notify), orderly way",
    "100003f2, SSLV3_ALERT_UNEXPECTED_MESSAGE, 10 (unexpected_message), update it",
    "100003fc, SSLV3_ALERT_BAD_RECORD_MAC, 20 (bad_record_mac), memory error",
    "100003fe, TLSV1_ALERT_RECORD_OVERFLOW, 22 (record_overflow), MBEDTLS_SSL_IN_CONTENT_LEN",
    "10000410, SSLV3_ALERT_HANDSHAKE_FAILURE, 40 (handshake_failure), cipher suites",
    "10000412, SSLV3_ALERT_BAD_CERTIFICATE, 42 (bad_certificate), connect to a name that is",
    "10000413, SSLV3_ALERT_UNSUPPORTED_CERTIFICATE, 43 (unsupported_certificate), RSA 2048",
    "10000414, SSLV3_ALERT_CERTIFICATE_REVOKED, 44 (certificate_revoked), new pair",
    "10000415, SSLV3_ALERT_CERTIFICATE_EXPIRED, 45 (certificate_expired), renew it",
    "10000416, SSLV3_ALERT_CERTIFICATE_UNKNOWN, 46 (certificate_unknown), SNTP",
    "10000417, SSLV3_ALERT_ILLEGAL_PARAMETER, 47 (illegal_parameter), P-256",
    "10000418, TLSV1_ALERT_UNKNOWN_CA, 48 (unknown_ca), load the server's certificate",
    "10000419, TLSV1_ALERT_ACCESS_DENIED, 49 (access_denied), fingerprint",
    "1000041a, TLSV1_ALERT_DECODE_ERROR, 50 (decode_error), smaller certificate",
    "1000041b, TLSV1_ALERT_DECRYPT_ERROR, 51 (decrypt_error), another key",
    "1000042e, TLSV1_ALERT_PROTOCOL_VERSION, 70 (protocol_version), enable TLS 1.2",
    "1000042f, TLSV1_ALERT_INSUFFICIENT_SECURITY, 71 (insufficient_security), stronger",
    "10000438, TLSV1_ALERT_INTERNAL_ERROR, 80 (internal_error), lack of memory",
    "10000442, TLSV1_ALERT_USER_CANCELLED, 90 (user_canceled), time limit",
    "10000455, reason(1109), 109 (missing_extension), TLS 1.2",
    "10000458, TLSV1_ALERT_UNRECOGNIZED_NAME, 112 (unrecognized_name), name in the certificate",
    "1000045c, TLSV1_ALERT_CERTIFICATE_REQUIRED, 116 (certificate_required), was not sent",
    "10000460, TLSV1_ALERT_NO_APPLICATION_PROTOCOL, 120 (no_application_protocol), ALPN off",
    "100004e7, reason(1255), 255, which no standard names",
  })
  void shouldNameTheAlertThatBoringsslReceived(
      String code, String reason, String alert, String cure) {
    assertThat(explain(boringssl(code, reason), MBEDTLS))
        .startsWith("the board sent alert " + alert)
        .contains(cure);
  }

  @ParameterizedTest
  @CsvSource({
    "bad_record_mac, 20",
    "record_overflow, 22",
    "handshake_failure, 40",
    "bad_certificate, 42",
    "certificate_expired, 45",
    "certificate_unknown, 46",
    "illegal_parameter, 47",
    "unknown_ca, 48",
    "decode_error, 50",
    "decrypt_error, 51",
    "protocol_version, 70",
    "internal_error, 80",
    "missing_extension, 109",
    "certificate_required, 116",
    "no_application_protocol, 120",
  })
  void shouldNameTheAlertThatTheJdkReceived(String name, int number) {
    assertThat(explain(handshake("Received fatal alert: " + name), MBEDTLS))
        .startsWith("the board sent alert %d (%s): ".formatted(number, name));
  }

  @Test
  void shouldKnowTheJdksOtherWordsForAlerts() {
    assertThat(explain(new SSLProtocolException("Received close_notify during handshake"), MBEDTLS))
        .startsWith("the board sent alert 0 (close_notify)");
    assertThat(explain(new SSLException("Received fatal close_notify alert"), MBEDTLS))
        .startsWith("the board sent alert 90 (user_canceled)");
  }

  @Test
  void shouldKnowTheWordsOfNewerJdks() {
    Throwable inClear =
        new SSLException(
            "Unexpected exception",
            new GeneralSecurityException(
                "Unexpected plaintext alert received: Level: fatal; Alert: unknown_ca"));
    assertThat(explain(inClear, MODERN)).startsWith("the board sent alert 48");
    assertThat(
            explain(handshake("(bad_certificate) Received fatal alert: bad_certificate"), MODERN))
        .startsWith("the board sent alert 42");
    assertThat(explain(handshake("(certificate_required) Empty client certificate chain"), MODERN))
        .contains("showed no certificate");
  }

  @Test
  void shouldFindTheMessageUnderWhatNettyWrapsItIn() {
    Throwable wrapped =
        new IllegalStateException("decoder", boringssl("10000418", "TLSV1_ALERT_UNKNOWN_CA"));
    assertThat(explain(wrapped, null)).startsWith("the board sent alert 48");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL",
        "Client requested protocol TLSv1 is not enabled or supported in server context",
        "The client supported protocol versions [TLSv1.1] are not accepted by server preferences"
            + " [TLSv1.3, TLSv1.2]",
      })
  void shouldNameTheVersionsWhenTheyAreTooOld(String message) {
    assertThat(explain(handshake(message), OLD))
        .startsWith("this server ended the handshake with alert 70 (protocol_version): ")
        .contains("offers TLS 1.0 at most", "enable TLS 1.2 on the board", "plain port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error:100000b8:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER",
        "error:100000f3:SSL routines:OPENSSL_internal:WRONG_CURVE",
        "no cipher suites in common"
      })
  void shouldNameTheSuitesWhenNoneIsShared(String message) {
    assertThat(explain(handshake(message), RSA_ONLY))
        .startsWith("this server ended the handshake with alert 40 (handshake_failure): ")
        .contains("(TLS_RSA_WITH_AES_128_CBC_SHA)", "enable ECDHE", "plain port");
    assertThat(explain(handshake(message), MBEDTLS))
        .contains("none goes with the server's certificate", "curves (", "P-256");
    assertThat(explain(handshake(message), null)).contains("enable ECDHE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error:1000010a:SSL routines:OPENSSL_internal:NO_SHARED_GROUP | share no curve",
        "Unexpected key_share extension in HelloRetryRequest | share no curve",
        "error:100000fd:SSL routines:OPENSSL_internal:NO_COMMON_SIGNATURE_ALGORITHMS | verify no"
            + " signature",
        "No available authentication scheme | verify no signature",
        "error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE | showed no"
            + " certificate",
        "Empty client certificate chain | showed no certificate",
        "PKIX path building failed: unable to find valid certification path | does not trust the"
            + " certificate that the board showed",
        "error:10000083:SSL routines:OPENSSL_internal:CLIENTHELLO_PARSE_FAILED | contradicts itself",
        "Illegal handshake message: client_hello | contradicts itself",
        "error:1e000065:Cipher functions:OPENSSL_internal:BAD_DECRYPT | does not decrypt",
        "Tag mismatch! | does not decrypt",
        "not an SSL/TLS record: 5730464143304231323334 | bytes came that are no TLS",
        "Unrecognized SSL message, plaintext connection? | bytes came that are no TLS",
        "error:100000e1:SSL routines:OPENSSL_internal:UNEXPECTED_RECORD | no place in the handshake",
        "error:10000096:SSL routines:OPENSSL_internal:EXCESSIVE_MESSAGE_SIZE | larger than this"
            + " server takes",
        "Unknown handshake type size, Handshake.msg_type = 122 | no place in the handshake",
        "Unexpected ChangeCipherSpec message | no place in the handshake",
        "Receiving application data before handshake complete | no place in the handshake",
        "error:100000b6:SSL routines:OPENSSL_internal:NO_RENEGOTIATION | second handshake",
        "ClientHello length exceeds 16384: 20000 | longer than any board's",
        "error:1000009d:SSL routines:OPENSSL_internal:INAPPROPRIATE_FALLBACK | first attempt",
      })
  void shouldExplainWhatThisServerRefuses(String message, String part) {
    assertThat(explain(handshake(message), MBEDTLS))
        .startsWith("this server ended the handshake")
        .contains(part)
        .doesNotContain("OPENSSL_internal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error:10000070:SSL routines:OPENSSL_internal:BAD_PACKET_LENGTH",
        "Insufficient buffer remaining for AEAD cipher fragment (2). Needs to be more than tag size"
            + " (16)"
      })
  void shouldExplainTheAlertInClearThatOpensslSendsInTls13(String message) {
    assertThat(explain(handshake(message), MODERN))
        .startsWith("the board broke off, most likely with an alert in clear")
        .contains("load the server's certificate", "ec.pem");
    assertThat(explain(handshake(message), MODERN, 48))
        .startsWith("the board sent alert 48 (unknown_ca): ");
    assertThat(explain(handshake(message), MODERN, 42))
        .startsWith("the board sent alert 42 (bad_certificate): ");
  }

  @Test
  void shouldBelieveTheEngineMoreThanAnAlertInClear() {
    assertThat(explain(boringssl("10000418", "TLSV1_ALERT_UNKNOWN_CA"), MODERN, 90))
        .startsWith("the board sent alert 48 (unknown_ca): ");
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 45, 46, 48})
  void shouldPointAtAClockThatWasNeverSet(int alert) {
    ClientHello atBoot = ClientHello.parse(ClientHelloTest.mbedtlsAt(42));
    String code = "1000%04x".formatted(1000 + alert);
    assertThat(explain(boringssl(code, "X"), atBoot))
        .contains("alert " + alert)
        .contains("dated 1970-01-01, so its clock is probably not set");
    assertThat(explain(boringssl(code, "X"), MBEDTLS)).doesNotContain("dated");
  }

  @Test
  void shouldNotBlameTheClockForACipher() {
    ClientHello atBoot = ClientHello.parse(ClientHelloTest.mbedtlsAt(42));
    assertThat(explain(handshake("no cipher suites in common"), atBoot)).doesNotContain("dated");
  }

  @Test
  void shouldSayWhichOfTwoCertificatesTheBoardIsShown() {
    assertThat(explain(boringssl("10000418", "TLSV1_ALERT_UNKNOWN_CA"), MBEDTLS))
        .contains("shown the EC one (ec.pem)");
    ClientHello rsa = ClientHello.parse(ClientHelloSamples.OPENSSL_ECDHE_RSA);
    assertThat(explain(boringssl("10000418", "TLSV1_ALERT_UNKNOWN_CA"), rsa))
        .contains("shown the RSA one (rsa.pem)");
  }

  @Test
  void shouldExplainACloseByHowFarTheHandshakeCame() {
    assertThat(explainClose(false, null)).contains("-0x2180", "strlen + 1", "NUL");
    assertThat(explainClose(true, null)).contains("middle of its ClientHello");
    assertThat(explainClose(true, MBEDTLS))
        .contains("without an alert", "out of memory", "load it as the board's root");
    for (Throwable each :
        new Throwable[] {new ClosedChannelException(), new SocketException("Connection reset")}) {
      assertThat(explain(each, MBEDTLS)).isEqualTo(explainClose(true, MBEDTLS));
    }
  }

  @Test
  void shouldExplainATimeoutByHowFarTheHandshakeCame() {
    assertThat(explainTimeout(10_000, false, null)).contains("sent nothing for 10 s", "-0x2180");
    assertThat(explainTimeout(2_500, true, null)).contains("within 2.5 s", "packets");
    assertThat(explainTimeout(150, true, MBEDTLS))
        .contains("within 150 ms", "--handshake-timeout", "EC P-256");
    assertThat(explainTimeout(30_000, true, RSA_ONLY))
        .contains("within 30 s", "enable ECDHE_ECDSA");
  }

  @ParameterizedTest
  @CsvSource({
    "802e0100020015000000100100800300800700c0, the form of SSL 2",
    "802e010301001500000010, the form of SSL 2",
    "15030300020228, type 21",
    "1703030010aa, type 23",
    "0000000000, first byte on the TLS port is 00",
    "ff00, first byte on the TLS port is \\xFF",
    "80, first byte on the TLS port is \\x80",
    "16, first byte on the TLS port is \\x16",
    "04, first byte on the TLS port is \\x04",
  })
  void shouldExplainFirstBytesThatAreNoTls(String hex, String part) {
    assertThat(TlsDiagnosis.explainGarbage(HexFormat.of().parseHex(hex))).contains(part);
  }

  @Test
  void shouldShowWhatItCannotExplain() {
    assertThat(explain(handshake("the moon is full"), MBEDTLS))
        .contains("(the moon is full)", "compare what the board offers", "TLS 1.2 at most");
    assertThat(explain(handshake("x".repeat(1000)), null)).hasSizeLessThan(400);
    assertThat(explain(new SSLException((String) null), null)).isNotEmpty();
  }

  @Test
  void shouldNotFollowCausesForEver() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    assertThat(explain(first, null)).contains("first");
  }

  @Test
  void shouldNameCausesInAWord() {
    TlsDiagnosis diagnosis = diagnosis(MODERN);
    assertThat(diagnosis.word(handshake("Received fatal alert: unknown_ca"), TlsDiagnosis.NO_ALERT))
        .isEqualTo("received_unknown_ca");
    assertThat(diagnosis.word(boringssl("1000044C", "X"), TlsDiagnosis.NO_ALERT))
        .startsWith("received_");
    assertThat(diagnosis.word(handshake("BAD_PACKET_LENGTH"), 48)).isEqualTo("received_unknown_ca");
    assertThat(diagnosis.word(handshake("BAD_PACKET_LENGTH"), TlsDiagnosis.NO_ALERT))
        .isEqualTo("alert_in_clear");
    assertThat(diagnosis.word(handshake("NO_SHARED_CIPHER"), TlsDiagnosis.NO_ALERT))
        .isEqualTo("no_shared_cipher");
    assertThat(diagnosis.word(new java.io.IOException("Connection reset"), TlsDiagnosis.NO_ALERT))
        .isEqualTo("closed");
    assertThat(diagnosis.word(handshake("never heard of"), TlsDiagnosis.NO_ALERT))
        .isEqualTo("other");
  }
}
