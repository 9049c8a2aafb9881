package io.wwep.console.feed;

/** Tells handshakes that a board ended because it did not believe this server's certificate. */
final class CertificateRefusals {

  private CertificateRefusals() {}

  static boolean isOne(FeedEvent event) {
    return false;
  }
}
