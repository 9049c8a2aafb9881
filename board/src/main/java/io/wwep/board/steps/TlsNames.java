package io.wwep.board.steps;

import io.wwep.client.TlsAlertNames;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Names for the numbers in TLS, as the IANA registries have them. */
final class TlsNames {

  static final int TLS_1_2 = 0x0303;
  static final int TLS_1_3 = 0x0304;

  /** A line with more names is read by nobody. */
  private static final int SHOWN_MAX = 4;

  /** Signals that stand among the suites and are none. */
  private static final List<Integer> SIGNALS = List.of(0x00FF, 0x5600);

  private static final Map<Integer, String> GROUPS =
      Map.of(
          0x0017, "P-256",
          0x0018, "P-384",
          0x0019, "P-521",
          0x001D, "X25519",
          0x001E, "X448",
          0x0100, "ffdhe2048",
          0x0101, "ffdhe3072",
          0x11EC, "X25519MLKEM768");

  /** What the JDK's TLS offers at first; others are shown as numbers. */
  private static final Map<Integer, String> SUITES =
      Map.ofEntries(
          Map.entry(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
          Map.entry(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
          Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
          Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
          Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
          Map.entry(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
          Map.entry(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
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
          Map.entry(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
          Map.entry(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"));

  private static final Map<Integer, String> SIGNATURES =
      Map.of(
          0x0401, "RSA with SHA-256",
          0x0403, "ECDSA with SHA-256",
          0x0501, "RSA with SHA-384",
          0x0503, "ECDSA with SHA-384",
          0x0601, "RSA with SHA-512",
          0x0603, "ECDSA with SHA-512",
          0x0804, "RSA-PSS with SHA-256",
          0x0805, "RSA-PSS with SHA-384",
          0x0806, "RSA-PSS with SHA-512",
          0x0807, "Ed25519");

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

  static String version(int number) {
    return switch (number) {
      case 0x0300 -> "SSL 3";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case TLS_1_2 -> "TLS 1.2";
      case TLS_1_3 -> "TLS 1.3";
      default -> "version " + hex(number);
    };
  }

  static String suite(int number) {
    return SUITES.getOrDefault(number, hex(number));
  }

  static String group(int number) {
    return GROUPS.getOrDefault(number, hex(number));
  }

  static String signature(int number) {
    return SIGNATURES.getOrDefault(number, hex(number));
  }

  static String message(int number) {
    return MESSAGES.getOrDefault(number, "handshake message " + number);
  }

  static String alert(int number) {
    return TlsAlertNames.of(number).orElse("alert " + number);
  }

  static String versions(List<Integer> numbers) {
    return list(numbers, TlsNames::version);
  }

  static String suites(List<Integer> numbers) {
    return list(numbers.stream().filter(each -> !SIGNALS.contains(each)).toList(), TlsNames::suite);
  }

  static String groups(List<Integer> numbers) {
    return list(numbers, TlsNames::group);
  }

  private static String list(List<Integer> numbers, IntFunction<String> name) {
    String first =
        numbers.stream().limit(SHOWN_MAX).map(name::apply).collect(Collectors.joining(", "));
    int more = numbers.size() - SHOWN_MAX;
    return more > 0 ? first + " and %d more".formatted(more) : first;
  }

  private static String hex(int number) {
    return "0x%04X".formatted(number);
  }
}
