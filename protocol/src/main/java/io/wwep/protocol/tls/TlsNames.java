package io.wwep.protocol.tls;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Names for the numbers in TLS, as the IANA registries have them. */
public final class TlsNames {

  public static final int TLS_1_2 = 0x0303;
  public static final int TLS_1_3 = 0x0304;

  /** Signals that stand among the suites and are none. */
  private static final List<Integer> SIGNALS = List.of(0x00FF, 0x5600);

  private static final Map<Integer, String> GROUPS =
      Map.ofEntries(
          Map.entry(0x0013, "secp192r1"),
          Map.entry(0x0015, "secp224r1"),
          Map.entry(0x0016, "secp256k1"),
          Map.entry(0x0017, "P-256"),
          Map.entry(0x0018, "P-384"),
          Map.entry(0x0019, "P-521"),
          Map.entry(0x001A, "brainpoolP256r1"),
          Map.entry(0x001B, "brainpoolP384r1"),
          Map.entry(0x001C, "brainpoolP512r1"),
          Map.entry(0x001D, "X25519"),
          Map.entry(0x001E, "X448"),
          Map.entry(0x0100, "ffdhe2048"),
          Map.entry(0x0101, "ffdhe3072"),
          Map.entry(0x0102, "ffdhe4096"),
          Map.entry(0x0103, "ffdhe6144"),
          Map.entry(0x0104, "ffdhe8192"),
          Map.entry(0x11EC, "X25519MLKEM768"));

  /** The suites that boards offer; others are shown as numbers. */
  private static final Map<Integer, String> SUITES =
      Map.ofEntries(
          Map.entry(0x0004, "TLS_RSA_WITH_RC4_128_MD5"),
          Map.entry(0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
          Map.entry(0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
          Map.entry(0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
          Map.entry(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
          Map.entry(0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
          Map.entry(0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
          Map.entry(0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
          Map.entry(0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
          Map.entry(0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
          Map.entry(0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
          Map.entry(0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
          Map.entry(0x008C, "TLS_PSK_WITH_AES_128_CBC_SHA"),
          Map.entry(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
          Map.entry(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
          Map.entry(0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
          Map.entry(0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
          Map.entry(0x00A8, "TLS_PSK_WITH_AES_128_GCM_SHA256"),
          Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
          Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
          Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
          Map.entry(0x1304, "TLS_AES_128_CCM_SHA256"),
          Map.entry(0x1305, "TLS_AES_128_CCM_8_SHA256"),
          Map.entry(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
          Map.entry(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
          Map.entry(0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
          Map.entry(0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
          Map.entry(0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
          Map.entry(0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
          Map.entry(0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
          Map.entry(0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
          Map.entry(0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
          Map.entry(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
          Map.entry(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
          Map.entry(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
          Map.entry(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
          Map.entry(0xC09C, "TLS_RSA_WITH_AES_128_CCM"),
          Map.entry(0xC09D, "TLS_RSA_WITH_AES_256_CCM"),
          Map.entry(0xC0A0, "TLS_RSA_WITH_AES_128_CCM_8"),
          Map.entry(0xC0A8, "TLS_PSK_WITH_AES_128_CCM_8"),
          Map.entry(0xC0AC, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"),
          Map.entry(0xC0AE, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"),
          Map.entry(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
          Map.entry(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"));

  private static final Map<Integer, String> SIGNATURES =
      Map.ofEntries(
          Map.entry(0x0101, "RSA with MD5"),
          Map.entry(0x0201, "RSA with SHA-1"),
          Map.entry(0x0203, "ECDSA with SHA-1"),
          Map.entry(0x0301, "RSA with SHA-224"),
          Map.entry(0x0303, "ECDSA with SHA-224"),
          Map.entry(0x0401, "RSA with SHA-256"),
          Map.entry(0x0403, "ECDSA with SHA-256"),
          Map.entry(0x0501, "RSA with SHA-384"),
          Map.entry(0x0503, "ECDSA with SHA-384"),
          Map.entry(0x0601, "RSA with SHA-512"),
          Map.entry(0x0603, "ECDSA with SHA-512"),
          Map.entry(0x0804, "RSA-PSS with SHA-256"),
          Map.entry(0x0805, "RSA-PSS with SHA-384"),
          Map.entry(0x0806, "RSA-PSS with SHA-512"),
          Map.entry(0x0807, "Ed25519"),
          Map.entry(0x0808, "Ed448"));

  private static final Map<Integer, String> MESSAGES =
      Map.ofEntries(
          Map.entry(0, "HelloRequest"),
          Map.entry(1, "ClientHello"),
          Map.entry(2, "ServerHello"),
          Map.entry(4, "NewSessionTicket"),
          Map.entry(11, "Certificate"),
          Map.entry(12, "ServerKeyExchange"),
          Map.entry(13, "CertificateRequest"),
          Map.entry(14, "ServerHelloDone"),
          Map.entry(15, "CertificateVerify"),
          Map.entry(16, "ClientKeyExchange"),
          Map.entry(20, "Finished"),
          Map.entry(22, "CertificateStatus"));

  private TlsNames() {}

  /** Returns a version for people: {@code TLS 1.2}. */
  public static String version(int number) {
    return switch (number) {
      case 0x0002, 0x0200 -> "SSL 2";
      case 0x0300 -> "SSL 3";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case TLS_1_2 -> "TLS 1.2";
      case TLS_1_3 -> "TLS 1.3";
      default -> "version " + hex(number);
    };
  }

  /** Returns a version as TLS engines call it, {@code TLSv1.2}; empty when it is none of theirs. */
  public static Optional<String> engineVersion(int number) {
    return Optional.ofNullable(
        switch (number) {
          case 0x0300 -> "SSLv3";
          case 0x0301 -> "TLSv1";
          case 0x0302 -> "TLSv1.1";
          case TLS_1_2 -> "TLSv1.2";
          case TLS_1_3 -> "TLSv1.3";
          default -> null;
        });
  }

  /** Returns the name of a cipher suite, or its number in hex. */
  public static String suite(int number) {
    return SUITES.getOrDefault(number, hex(number));
  }

  /** Returns the name of a curve or another group, or its number in hex. */
  public static String group(int number) {
    return GROUPS.getOrDefault(number, hex(number));
  }

  /** Returns a signature scheme for people, or its number in hex. */
  public static String signature(int number) {
    return SIGNATURES.getOrDefault(number, hex(number));
  }

  /** Returns the name of a handshake message; empty for a type that has none here. */
  public static Optional<String> message(int type) {
    return Optional.ofNullable(MESSAGES.get(type));
  }

  /** As {@link #suites}, for versions. */
  public static String versions(List<Integer> numbers, int shownMax) {
    return list(numbers, shownMax, TlsNames::version);
  }

  /**
   * Returns the names of cipher suites, and leaves out the signals that stand among them.
   *
   * @param shownMax names at most, 1 or more; how many more there are is said behind them
   * @return {@code none} when there are none
   */
  public static String suites(List<Integer> numbers, int shownMax) {
    List<Integer> real = numbers.stream().filter(each -> !SIGNALS.contains(each)).toList();
    return list(real, shownMax, TlsNames::suite);
  }

  /** As {@link #suites}, for groups. */
  public static String groups(List<Integer> numbers, int shownMax) {
    return list(numbers, shownMax, TlsNames::group);
  }

  /** As {@link #suites}, for signature schemes. */
  public static String signatures(List<Integer> numbers, int shownMax) {
    return list(numbers, shownMax, TlsNames::signature);
  }

  private static String list(List<Integer> numbers, int shownMax, IntFunction<String> name) {
    if (numbers.isEmpty()) {
      return "none";
    }
    List<String> names = numbers.stream().limit(shownMax).map(name::apply).toList();
    int more = numbers.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String hex(int number) {
    return "0x%04X".formatted(number);
  }
}
