package io.wwep.server.tls;

import static io.wwep.protocol.tls.TlsAlert.ACCESS_DENIED;
import static io.wwep.protocol.tls.TlsAlert.BAD_CERTIFICATE;
import static io.wwep.protocol.tls.TlsAlert.CERTIFICATE_UNKNOWN;
import static io.wwep.protocol.tls.TlsAlert.DECODE_ERROR;
import static io.wwep.protocol.tls.TlsAlert.INTERNAL_ERROR;
import static io.wwep.protocol.tls.TlsAlert.RECORD_OVERFLOW;

import io.wwep.protocol.tls.TlsAlert;
import java.util.Set;

/**
 * What an alert that ends a TLS handshake usually means when a board sends it.
 *
 * <p>Stacks differ in the alert that they send for one cause: for a root that is not loaded OpenSSL
 * and mbed TLS send 48, GnuTLS 42 and Java 46; for a clock at 1970 mbed TLS sends 46, OpenSSL and
 * GnuTLS 42; where the name does not match, OpenSSL, mbed TLS and GnuTLS send 42. So each meaning
 * names the likely causes, the likeliest first.
 */
final class AlertWords {

  /** May mean that the board looked for another name in the certificate. */
  static final Set<TlsAlert> ABOUT_NAME =
      Set.of(BAD_CERTIFICATE, CERTIFICATE_UNKNOWN, ACCESS_DENIED);

  /** May mean that what came was more than the board has room for. */
  static final Set<TlsAlert> ABOUT_SIZE = Set.of(RECORD_OVERFLOW, DECODE_ERROR, INTERNAL_ERROR);

  private AlertWords() {}

  /** Returns what it usually means when a board sends it, with the cure; "it" is the board. */
  static String meaning(TlsAlert alert) {
    return switch (alert) {
      case CLOSE_NOTIFY ->
          "it ended the handshake in an orderly way: either its own time for the handshake was up, or"
              + " it checked the certificate by itself and refused it; look at the board's own error";
      case UNEXPECTED_MESSAGE ->
          "its TLS stack got a message that it did not expect, which points to a fault in the stack:"
              + " update it, or leave only TLS 1.2 switched on";
      case BAD_RECORD_MAC ->
          "it could not decrypt what this server sent: look for a memory error in the board's program"
              + " (a stack too small, a buffer overrun), then for a fault in its crypto hardware";
      case DECRYPTION_FAILED ->
          "it could not decrypt what this server sent: look for a memory error in the board's program";
      case RECORD_OVERFLOW ->
          "a record was larger than its buffer: enlarge its TLS input buffer (mbed TLS:"
              + " MBEDTLS_SSL_IN_CONTENT_LEN), or send a shorter certificate chain";
      case HANDSHAKE_FAILURE ->
          "it found nothing acceptable in what this server chose: compare its cipher suites, curves and"
              + " signature algorithms; ECDHE, P-256 and SHA-256 suit both";
      case NO_CERTIFICATE ->
          "it has no certificate of its own to show: load one, or do not ask boards for one";
      case BAD_CERTIFICATE ->
          "it refused this server's certificate: either the name or address that it connects to is not"
              + " in the certificate (connect to a name that is; many stacks match no IP addresses), or"
              + " it does not trust it (load it as the board's root), or the board's clock is not set"
              + " (set it by SNTP before TLS)";
      case UNSUPPORTED_CERTIFICATE ->
          "its TLS stack cannot use this kind of certificate: give the server an RSA 2048 or an EC P-256"
              + " pair signed with SHA-256, whichever the board can verify";
      case CERTIFICATE_REVOKED ->
          "it holds the certificate for revoked: give the server a new pair";
      case CERTIFICATE_EXPIRED ->
          "it holds this server's certificate for expired: either the certificate is (this server says"
              + " so at its start; renew it), or the board's clock is wrong (set it by SNTP before"
              + " TLS)";
      case CERTIFICATE_UNKNOWN ->
          "it refused this server's certificate for a reason that it does not name: either the board's"
              + " clock is not set, often at 1970 (set it by SNTP before TLS), or it does not trust the"
              + " certificate (load it as the board's root), or it accepts no such signature (mbed TLS"
              + " refuses SHA-1; use SHA-256)";
      case ILLEGAL_PARAMETER ->
          "its TLS stack holds a value that this server sent for wrong, which points to a fault in the"
              + " stack: update it, or leave only TLS 1.2 and P-256 switched on";
      case UNKNOWN_CA ->
          "it does not know who signed this server's certificate: load the server's certificate, or the"
              + " root that signed it, into the board before it connects";
      // In mbed TLS a program's own check of the certificate (BADCERT_OTHER), before all others.
      case ACCESS_DENIED ->
          "its program refused this server's certificate by a check of its own: look at what its verify"
              + " callback compares, as a fingerprint (load that of today's certificate) or a name, and"
              + " at the board's own error";
      case DECODE_ERROR ->
          "it could not read a message of this server: either its buffer is too small for the"
              + " certificate (mbed TLS: MBEDTLS_SSL_IN_CONTENT_LEN), or its stack is too old for what"
              + " the certificate holds; try a smaller certificate, EC P-256";
      case DECRYPT_ERROR ->
          "a signature or the end of the handshake did not verify: either the root that is loaded has"
              + " the right name and another key (load the server's certificate of today), or memory is"
              + " corrupted on the board";
      case EXPORT_RESTRICTION ->
          "it asks for export ciphers, which are broken: update its TLS stack";
      case PROTOCOL_VERSION ->
          "it does not take the TLS version that this server chose: enable TLS 1.2 on the board";
      case INSUFFICIENT_SECURITY ->
          "it asks for stronger keys or ciphers than this server offered: lower its demands to RSA 2048"
              + " or P-256 with AES-128, or give the server a stronger pair";
      case INTERNAL_ERROR ->
          "its TLS stack failed by itself, mostly for lack of memory: free memory on the board, use an"
              + " EC P-256 certificate and a chain of one";
      case INAPPROPRIATE_FALLBACK ->
          "it tried again with an older version by itself: enable TLS 1.2 on the board";
      case USER_CANCELED -> "its program gave up the handshake: look at the board's own time limit";
      case NO_RENEGOTIATION ->
          "it was asked to shake hands again and does not: nothing to change here";
      case MISSING_EXTENSION ->
          "it misses an extension in what this server sent, which points to a fault in its stack: update"
              + " it, or leave only TLS 1.2 switched on";
      case UNSUPPORTED_EXTENSION ->
          "it got an extension that it did not ask for: update its TLS stack";
      case CERTIFICATE_UNOBTAINABLE -> "it could not fetch a certificate: load it into the board";
      case UNRECOGNIZED_NAME ->
          "it does not recognise the server's name: connect to a name in the certificate";
      case BAD_CERTIFICATE_STATUS_RESPONSE ->
          "it wants a proof that the certificate is not revoked: switch that check off";
      case UNKNOWN_PSK_IDENTITY -> "it works with pre-shared keys, this server with certificates";
      case CERTIFICATE_REQUIRED -> "it asks for a certificate that was not sent";
      case NO_APPLICATION_PROTOCOL ->
          "it insists on an application protocol (ALPN): switch ALPN off, WWEP has none";
    };
  }
}
