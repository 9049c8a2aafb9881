package io.wwep.client;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The alerts of TLS by their names (RFC 8446, section 6; RFC 5246, section 7.2). */
public final class TlsAlertNames {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "close_notify"),
          Map.entry(10, "unexpected_message"),
          Map.entry(20, "bad_record_mac"),
          Map.entry(22, "record_overflow"),
          Map.entry(40, "handshake_failure"),
          Map.entry(42, "bad_certificate"),
          Map.entry(43, "unsupported_certificate"),
          Map.entry(44, "certificate_revoked"),
          Map.entry(45, "certificate_expired"),
          Map.entry(46, "certificate_unknown"),
          Map.entry(47, "illegal_parameter"),
          Map.entry(48, "unknown_ca"),
          Map.entry(49, "access_denied"),
          Map.entry(50, "decode_error"),
          Map.entry(51, "decrypt_error"),
          Map.entry(70, "protocol_version"),
          Map.entry(71, "insufficient_security"),
          Map.entry(80, "internal_error"),
          Map.entry(90, "user_canceled"),
          Map.entry(109, "missing_extension"),
          Map.entry(110, "unsupported_extension"),
          Map.entry(112, "unrecognized_name"),
          Map.entry(115, "unknown_psk_identity"),
          Map.entry(116, "certificate_required"),
          Map.entry(120, "no_application_protocol"));

  private TlsAlertNames() {}

  /** Returns an alert's name in the RFCs; empty for a number that has none here. */
  public static Optional<String> of(int number) {
    return Optional.ofNullable(NAMES.get(number));
  }

  /** Returns the number of an alert; empty when no alert here has that name. */
  public static OptionalInt number(String name) {
    return NAMES.entrySet().stream()
        .filter(each -> each.getValue().equals(name))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }
}
