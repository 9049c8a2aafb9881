package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.tls.TlsNames;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ClientHelloTest {

  private static final List<byte[]> SAMPLES = ClientHelloSamples.ALL;
  private static final int TIME_OFFSET = 2;

  @Test
  void shouldReadOpenssl() {
    ClientHello hello = ClientHello.parse(ClientHelloSamples.OPENSSL);
    assertThat(hello.malformed()).isFalse();
    assertThat(hello.legacyVersion()).isEqualTo(0x0303);
    assertThat(hello.versionWords()).isEqualTo("TLS 1.3, TLS 1.2, TLS 1.1, TLS 1.0");
    assertThat(hello.highestVersion()).isEqualTo(TlsNames.TLS_1_3);
    assertThat(hello.suiteWords())
        .startsWith("TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256")
        .endsWith(" and 22 more");
    assertThat(hello.groupWords())
        .isEqualTo("X25519, P-256, X448, P-521, P-384, ffdhe2048, ffdhe3072, ffdhe4096 and 2 more");
    assertThat(hello.signatureSchemes()).contains(0x0403, 0x0804, 0x0401);
    assertThat(hello.serverName()).isNull(); // it sends none that has no dot
  }

  @Test
  void shouldReadGnutls() {
    ClientHello hello = ClientHello.parse(ClientHelloSamples.GNUTLS);
    assertThat(hello.malformed()).isFalse();
    assertThat(hello.versionWords()).startsWith("TLS 1.3, TLS 1.2");
    assertThat(hello.groupWords()).startsWith("P-256, P-384, P-521, X25519");
    assertThat(hello.serverName()).isEqualTo("localhost");
  }

  @Test
  void shouldReadMbedtls() {
    ClientHello hello = ClientHello.parse(ClientHelloSamples.MBEDTLS);
    assertThat(hello.malformed()).isFalse();
    assertThat(hello.versionWords()).isEqualTo("TLS 1.2 at most");
    assertThat(hello.supportedVersions()).isEmpty();
    assertThat(hello.cipherSuites()).contains(0xC02B, 0xC02F);
    assertThat(hello.groups()).contains(0x0017);
    assertThat(hello.serverName()).isEqualTo("localhost");
    // This stack still keeps to RFC 5246 and begins its random with the time.
    assertThat(hello.randomTimeSeconds()).isBetween(1_790_000_000L, 1_800_000_000L);
    assertThat(hello.unsetClock()).isNull();
  }

  @Test
  void shouldReadAHelloWithoutExtensions() {
    byte[] body = new byte[2 + 32 + 1 + 2 + 4 + 2];
    body[0] = 3;
    body[1] = 1;
    body[36] = 4; // two suites
    body[38] = 0x2F;
    body[40] = 0x05;
    body[41] = 1; // one compression method, null
    ClientHello hello = ClientHello.parse(body);
    assertThat(hello.malformed()).isFalse();
    assertThat(hello.versionWords()).isEqualTo("TLS 1.0 at most");
    assertThat(hello.suiteWords())
        .isEqualTo("TLS_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_RC4_128_SHA");
    assertThat(hello.groupWords()).isEqualTo("none");
    assertThat(hello.serverName()).isNull();
    assertThat(hello.canTakeEc()).isFalse();
    assertThat(TlsProfile.BOARD.takesSuiteOf(hello)).isFalse();
    assertThat(TlsProfile.LEGACY.takesSuiteOf(hello)).isTrue();
    assertThat(TlsProfile.LEGACY.admits(hello)).isFalse();
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void shouldTakeEachSampleWhole(byte[] sample) {
    assertThat(ClientHello.parse(sample).malformed()).isFalse();
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void shouldNeverFailOnAHelloThatIsCutOff(byte[] sample) {
    ClientHello whole = ClientHello.parse(sample);
    int endOfCompression = endOfCompression(sample);
    for (int length = 0; length < sample.length; length++) {
      ClientHello cut = ClientHello.parse(Arrays.copyOf(sample, length));
      // Behind the compression methods a hello may end: that is one before TLS 1.2.
      assertThat(cut.malformed()).as("%d bytes", length).isEqualTo(length != endOfCompression);
      assertThat(cut.cipherSuites()).as("%d bytes", length).isSubsetOf(whole.cipherSuites());
      assertThat(cut.groups()).as("%d bytes", length).isSubsetOf(whole.groups());
      assertThat(cut.supportedVersions()).isSubsetOf(whole.supportedVersions());
      assertThat(cut.versionWords() + cut.suiteWords() + cut.groupWords()).isNotEmpty();
    }
  }

  private static int endOfCompression(byte[] hello) {
    int suites = 35 + (hello[34] & 0xFF);
    int compression = suites + 2 + (((hello[suites] & 0xFF) << 8) | (hello[suites + 1] & 0xFF));
    return compression + 1 + (hello[compression] & 0xFF);
  }

  @Test
  void shouldNeverFailOnGarbage() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).clone();
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      ClientHello hello = ClientHello.parse(bytes);
      String words = hello.versionWords() + hello.suiteWords() + hello.groupWords();
      assertThat(words).as("seed %d, round %d", seed, i).matches("[ -~]+");
      assertThat(hello.serverName() == null || hello.serverName().matches("[!-~]{1,255}"))
          .as("seed %d, round %d: %s", seed, i, hello.serverName())
          .isTrue();
      assertThat(new TlsDiagnosis(hello, TestSide.of(hello)).explainClose(true)).isNotEmpty();
    }
  }

  @Test
  void shouldNeverFailOnNoise() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      ClientHello hello = ClientHello.parse(bytes);
      assertThat(hello.suiteWords()).as("seed %d, round %d", seed, i).isNotEmpty();
    }
  }

  @Test
  void shouldKnowWhoCanTakeAnEcCertificate() {
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL).canTakeEc()).isTrue();
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL_TLS_1_2).canTakeEc()).isTrue();
    assertThat(ClientHello.parse(ClientHelloSamples.GNUTLS).canTakeEc()).isTrue();
    assertThat(ClientHello.parse(ClientHelloSamples.MBEDTLS).canTakeEc()).isTrue();
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL_TLS_1_0).canTakeEc()).isFalse();
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL_ECDHE_RSA).canTakeEc()).isFalse();
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL_ECDSA_SHA_1).canTakeEc()).isFalse();
    assertThat(ClientHello.parse(ClientHelloSamples.OPENSSL_RSA_KEY_EXCHANGE).canTakeEc())
        .isFalse();
  }

  private static ClientHello hello(
      int version,
      List<Integer> versions,
      List<Integer> suites,
      List<Integer> groups,
      List<Integer> schemes) {
    return new ClientHello(version, versions, suites, groups, schemes, null, 1L << 31, false);
  }

  @Test
  void shouldWeighEachConditionForAnEcCertificate() {
    List<Integer> none = List.of();
    List<Integer> gcm = List.of(0xC02B);
    List<Integer> p256 = List.of(0x0017);
    List<Integer> sha256 = List.of(0x0403);
    assertThat(hello(0x0303, none, gcm, p256, sha256).canTakeEc()).isTrue();
    assertThat(hello(0x0303, none, gcm, none, none).canTakeEc()).isTrue();
    assertThat(hello(0x0302, none, gcm, p256, sha256).canTakeEc()).isFalse();
    assertThat(hello(0x0303, none, List.of(0xC02F), p256, sha256).canTakeEc()).isFalse();
    assertThat(hello(0x0303, none, List.of(0xC0AE), p256, sha256).canTakeEc()).isFalse();
    assertThat(hello(0x0303, none, gcm, List.of(0x0018), sha256).canTakeEc()).isFalse();
    assertThat(hello(0x0303, none, gcm, p256, List.of(0x0401)).canTakeEc()).isFalse();
    List<Integer> both = List.of(0x0304, 0x0303);
    assertThat(hello(0x0303, both, List.of(0x1301), none, sha256).canTakeEc()).isTrue();
    assertThat(hello(0x0303, both, List.of(0x1301), p256, List.of(0x0804)).canTakeEc()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01",
    "15, 1970-01-01",
    "200000, 1970-01-03",
    "946684812, 2000-01-01",
  })
  void shouldNoticeAClockThatWasNeverSet(int seconds, LocalDate date) {
    assertThat(ClientHello.parse(mbedtlsAt(seconds)).unsetClock()).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({"2592000", "946684799", "1795528000", "-1"})
  void shouldNotSuspectAnyOtherTime(int seconds) {
    assertThat(ClientHello.parse(mbedtlsAt(seconds)).unsetClock()).isNull();
  }

  @Test
  void shouldNotReadATimeFromTheRandomOfTls13() {
    byte[] bytes = ClientHelloSamples.OPENSSL.clone();
    Arrays.fill(bytes, TIME_OFFSET, TIME_OFFSET + 4, (byte) 0);
    assertThat(ClientHello.parse(bytes).unsetClock()).isNull();
  }

  static byte[] mbedtlsAt(int seconds) {
    byte[] bytes = ClientHelloSamples.MBEDTLS.clone();
    for (int i = 0; i < 4; i++) {
      bytes[TIME_OFFSET + i] = (byte) (seconds >>> (24 - 8 * i));
    }
    return bytes;
  }

  @Test
  void shouldLeaveOutGreaseAndSignals() {
    byte[] body = new byte[2 + 32 + 1 + 2 + 6 + 2];
    body[0] = 3;
    body[1] = 3;
    body[36] = 6;
    body[37] = 0x5A;
    body[38] = 0x5A; // GREASE
    body[40] = (byte) 0xFF; // renegotiation is secure
    body[41] = (byte) 0xC0;
    body[42] = 0x2B;
    body[43] = 1;
    ClientHello hello = ClientHello.parse(body);
    assertThat(hello.cipherSuites()).containsExactly(0x00FF, 0xC02B);
    assertThat(hello.suiteWords()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void shouldShowUnknownNumbersAsTheyAre() {
    ClientHello hello = hello(0x0305, List.of(), List.of(0xABCD), List.of(0x0099), List.of());
    assertThat(hello.versionWords()).isEqualTo("version 0x0305 at most");
    assertThat(hello.suiteWords()).isEqualTo("0xABCD");
    assertThat(hello.groupWords()).isEqualTo("0x0099");
  }
}
