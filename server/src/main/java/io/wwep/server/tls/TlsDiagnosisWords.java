package io.wwep.server.tls;

import io.wwep.protocol.WireText;
import io.wwep.protocol.tls.TlsNames;
import java.util.Locale;

/**
 * The sentences about what a board offers and this server takes.
 *
 * @param hello what the board offered, or null when that did not come whole
 * @param server what this server has for it
 */
record TlsDiagnosisWords(ClientHello hello, ServerSide server) {

  private static final long MILLIS_PER_SECOND = 1000;

  /** Returns what this server's own refusal means; which alert went to the board, if any. */
  String failed(TlsDiagnosisFailure failure) {
    if (failure == TlsDiagnosisFailure.ALERT_IN_CLEAR) {
      return cause(failure);
    }
    return failure.sent() == null
        ? "this server ended the handshake: " + cause(failure)
        : "this server ended the handshake with alert %s: %s"
            .formatted(failure.sent(), cause(failure));
  }

  private String cause(TlsDiagnosisFailure failure) {
    return switch (failure) {
      case PROTOCOL_TOO_OLD -> tooOld();
      case NO_SHARED_CIPHER -> noSharedCipher();
      case NO_SHARED_GROUP ->
          "the board and this server share no curve for the key exchange: enable P-256 on the board"
              + (hello == null ? "" : " (it offers %s)".formatted(hello.groupWords()));
      case NO_SHARED_SIGNATURE ->
          "the board can verify no signature that this server's key makes: enable ECDSA on P-256 or"
              + " RSA, both with SHA-256, on the board"
              + (hello == null ? "" : " (it offers %s)".formatted(hello.signatureWords()));
      case NO_CLIENT_CERTIFICATE ->
          "the board showed no certificate of its own: load its certificate and key before its TLS"
              + " context is made; or it has one whose key this server's TLS does not take, then make"
              + " one of RSA 2048 or EC P-256";
      case CLIENT_CERTIFICATE_REFUSED ->
          "this server does not trust the certificate that the board showed: have it signed by the"
              + " authority that this server was given, and check its dates";
      case WRONG_CLIENT_KEY ->
          "the board's signature does not fit the certificate that it showed: load the key that the"
              + " certificate was made with, both from one 'wwep cert device'";
      case UNUSABLE_CLIENT_KEY ->
          "the key of the board's certificate may not sign (its key usage lacks digitalSignature), or"
              + " is of a kind that this server does not take: make one with 'wwep cert device', RSA"
              + " 2048 or EC P-256";
      case LARGE_CLIENT_CHAIN ->
          "the board sent a message that is larger than this server takes: if it is its certificate,"
              + " leave its own and those that signed it, 10 and 32 KiB at most; else update its TLS"
              + " stack";
      case ALERT_IN_CLEAR ->
          "the board broke off, most likely with an alert in clear that this server could not read,"
              + " because it refuses this server's certificate: either it does not trust it (load"
              + " the server's certificate as the board's root), or the name that it connects to is"
              + " not in it, or the board's clock is not set; the board's own error says which";
      case RENEGOTIATION ->
          "the board asked for a second handshake (renegotiation), which opens a way for attackers and"
              + " is never granted: switch it off on the board, and connect anew for new keys";
      case LONG_HELLO ->
          "the ClientHello claims to be longer than any board's (16 KiB): bytes were lost or doubled"
              + " on their way out of the board; look at its socket writes";
      case UNREADABLE_HELLO ->
          "the board's ClientHello contradicts itself: look for memory errors in the board's"
              + " program, and update its TLS stack";
      case WRONG_KEYS ->
          "what the board encrypted does not decrypt: look for a memory error in the board's program"
              + " (a stack too small, a buffer overrun), then for a fault in its crypto hardware";
      case NOT_TLS_ANY_MORE ->
          "the handshake began in TLS, and then bytes came that are no TLS, or a handshake within the"
              + " handshake: the board's program writes to the socket past its TLS stack; send through"
              + " TLS only";
      case OUT_OF_ORDER ->
          "the board sent a message that has no place in the handshake: update its TLS stack, or"
              + " leave only TLS 1.2 switched on";
      case FALLBACK ->
          "the board tried again with an older version by itself: look why its first attempt failed";
    };
  }

  private String tooOld() {
    if (hello != null && hello.offersVersion(TlsNames.TLS_1_2)) {
      return "the board offers %s, and this server takes %s (--tls-profile modern): enable TLS 1.3 on the board, %s"
          .formatted(hello.versionWords(), server.profile().words(), otherWay());
    }
    return ("the board offers %s, and no profile of this server takes less than TLS 1.2, since older"
            + " versions are broken (RFC 8996): enable TLS 1.2 on the board (mbed TLS:"
            + " MBEDTLS_SSL_PROTO_TLS1_2), or use the plain port")
        .formatted(hello == null ? "only old versions of TLS" : hello.versionWords());
  }

  private String noSharedCipher() {
    if (hello == null) {
      return "the board and this server share no cipher suite: enable ECDHE with AES-GCM on the board";
    }
    if (server.profile().takesSuiteOf(hello)) {
      return ("the board offers suites that this server has (%s), but none goes with the server's"
              + " certificate, its curves (%s) and its signatures (%s): enable P-256, and ECDSA or"
              + " RSA with SHA-256, on the board, or give the server a certificate of the other kind")
          .formatted(hello.suiteWords(), hello.groupWords(), hello.signatureWords());
    }
    return ("the board offers only cipher suites that this server does not take (%s): enable ECDHE"
            + " with AES-GCM or AES-CBC on the board (mbed TLS:"
            + " MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED), %s")
        .formatted(hello.suiteWords(), otherWay());
  }

  /** Returns which profile would let the board in, the safest first, or that none does. */
  private String otherWay() {
    if (TlsProfile.BOARD.admits(hello)) {
      return "or start the server with --tls-profile board, which lets it in";
    }
    boolean rsa =
        !server.shown().isEc(); // who cannot take EC is shown the RSA one, if there is one
    return TlsProfile.LEGACY.admits(hello)
        ? "or start the server with --tls-profile legacy%s, which lets it in and is unsafe, or use the plain port"
            .formatted(rsa ? "" : " and an RSA certificate")
        : "or use the plain port; no --tls-profile takes what it offers (%s)"
            .formatted(hello.suiteWords());
  }

  String lessToCompute() {
    return hello.canTakeEc()
        ? ": an EC P-256 certificate and a chain of one"
        : ": enable ECDHE_ECDSA suites on P-256, so that it can take an EC certificate";
  }

  String offered() {
    return hello == null
        ? ""
        : "; it offers %s with %s, curves %s, signatures %s"
            .formatted(
                hello.versionWords(),
                hello.suiteWords(),
                hello.groupWords(),
                hello.signatureWords());
  }

  /** Returns a time for people: {@code 30 s}, {@code 2.5 s}, {@code 150 ms}. */
  static String duration(long millis) {
    if (millis < MILLIS_PER_SECOND) {
      return millis + " ms";
    }
    return millis % MILLIS_PER_SECOND == 0
        ? millis / MILLIS_PER_SECOND + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / (double) MILLIS_PER_SECOND);
  }

  static String garbage(byte[] received) {
    int first = received[0] & 0xFF;
    if (isSsl2Hello(received)) {
      return "the board began in the form of SSL 2, which this server does not take: switch SSL 2"
          + " and its compatible ClientHello off, and TLS 1.2 on";
    }
    if (first >= 0x14 && first <= 0x18 && received.length > 1 && received[1] == 3) {
      return "a TLS record came that begins no handshake (type %d): the board goes on with a session"
              .formatted(first)
          + " that is over; connect anew and start with the handshake";
    }
    if (first == 0) {
      return "the first byte on the TLS port is 00: a buffer was sent before it was filled, or its"
          + " length in front of it; enable TLS on the socket before it connects";
    }
    return "the first byte on the TLS port is %s, and TLS begins with \\x16: enable TLS on the socket before it connects"
        .formatted(WireText.show(received[0]));
  }

  /** A two-byte length with the highest bit set, then message type 1, then the newest version. */
  private static boolean isSsl2Hello(byte[] received) {
    return received.length >= 5
        && received[0] < 0
        && received[2] == 1
        && (received[3] == 3 || (received[3] == 0 && received[4] == 2));
  }
}
