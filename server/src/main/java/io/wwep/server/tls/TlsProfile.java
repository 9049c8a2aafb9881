package io.wwep.server.tls;

import io.wwep.protocol.tls.TlsNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which versions and cipher suites are taken, from the strictest to what old boards need. */
public enum TlsProfile {
  /** TLS 1.3 only. */
  MODERN(true, false),
  /**
   * TLS 1.2 and 1.3, with forward secrecy always (RFC 9325, section 4.2). The CBC suites are for
   * boards whose stacks know neither GCM nor ChaCha20.
   */
  BOARD(false, false),
  /**
   * As {@link #BOARD}, and the exchange of keys by RSA, which RFC 9325 forbids: whoever gets the
   * server's key later can read what was recorded before. Stacks of the years before 2017 may know
   * nothing else.
   */
  LEGACY(false, true);

  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private static final List<String> ECDHE =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

  private static final List<String> RSA_KEY_EXCHANGE =
      List.of(
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA");

  private static final String ECDSA = "_ECDSA_";

  private final boolean newestOnly;
  private final boolean rsaKeyExchange;

  TlsProfile(boolean newestOnly, boolean rsaKeyExchange) {
    this.newestOnly = newestOnly;
    this.rsaKeyExchange = rsaKeyExchange;
  }

  /** Returns the versions by their JCA names, the newest first. */
  List<String> versions() {
    return newestOnly ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
  }

  /** Returns the names of the cipher suites, the preferred first. */
  List<String> cipherSuites() {
    return Stream.concat(TLS_1_3.stream(), olderCipherSuites().stream()).toList();
  }

  /** Returns the names of those of TLS 1.2, the preferred first; empty where it is not taken. */
  List<String> olderCipherSuites() {
    List<String> suites = new ArrayList<>(newestOnly ? List.of() : ECDHE);
    if (rsaKeyExchange) {
      suites.addAll(RSA_KEY_EXCHANGE);
    }
    return suites;
  }

  /** Whether the exchange of keys by RSA is taken. */
  boolean takesRsaKeyExchange() {
    return rsaKeyExchange;
  }

  /** Whether a client with these offers gets as far as a version and a suite in common. */
  boolean admits(ClientHello hello) {
    return IntStream.of(TlsNames.TLS_1_3, TlsNames.TLS_1_2)
        .filter(version -> version == TlsNames.TLS_1_3 || !newestOnly)
        .filter(hello::offersVersion)
        .mapToObj(version -> version == TlsNames.TLS_1_3 ? TLS_1_3 : olderCipherSuites())
        .anyMatch(suites -> offersOne(hello, suites));
  }

  /** Whether one of the suites offered is taken, whatever the version. */
  boolean takesSuiteOf(ClientHello hello) {
    return offersOne(hello, cipherSuites());
  }

  private static boolean offersOne(ClientHello hello, List<String> suites) {
    return hello.cipherSuites().stream().map(TlsNames::suite).anyMatch(suites::contains);
  }

  /** Whether a suite needs an EC certificate, and this or another profile takes it. */
  static boolean isEcdsa(int number) {
    String suite = TlsNames.suite(number);
    return suite.contains(ECDSA) && ECDHE.contains(suite);
  }

  /** Returns what is taken, for people. */
  String words() {
    return switch (this) {
      case MODERN -> "TLS 1.3 only";
      case BOARD ->
          "TLS 1.2 and 1.3 with ECDHE on X25519 or P-256 and AES-GCM, ChaCha20-Poly1305 or AES-CBC";
      case LEGACY ->
          "TLS 1.2 and 1.3 with ECDHE or RSA key exchange and AES-GCM, ChaCha20-Poly1305 or AES-CBC";
    };
  }

  /** Returns its name as it is given to the server. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
