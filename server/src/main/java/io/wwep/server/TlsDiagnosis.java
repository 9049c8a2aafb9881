package io.wwep.server;

/** First words for a failed handshake. */
final class TlsDiagnosis {

  private TlsDiagnosis() {}

  static String explain(Throwable cause, ClientHello hello) {
    return "the TLS handshake failed (%s): compare what the board offers with what this server takes"
        .formatted(cause.getMessage());
  }

  static String explainClose(boolean begun, ClientHello hello) {
    return "the peer closed the connection during the TLS handshake: look at the board's own error";
  }

  static String explainTimeout(long millis, boolean begun, ClientHello hello) {
    return "the TLS handshake was not done within %d ms: allow more with --handshake-timeout"
        .formatted(millis);
  }

  static String explainGarbage(byte[] received) {
    return "what came is no TLS: connect with TLS, or to the plain port";
  }
}
