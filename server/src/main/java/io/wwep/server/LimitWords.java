package io.wwep.server;

/** What people are told when a peer is beyond a limit: cause and cure. */
final class LimitWords {

  private LimitWords() {}

  static String connections(Peer peer, int max) {
    return "as many connections are open from %s as one address may have (%d): close some, or start the server with a larger --max-connections-per-address"
        .formatted(peer.network(), max);
  }

  static String handshakes(Peer peer, int max) {
    return "as many TLS handshakes are under way from %s as one address may have (%d): connect again when they are done, or start the server with a larger --max-handshakes-per-address"
        .formatted(peer.network(), max);
  }

  static String requests(Peer peer, int perSecond) {
    return "requests come from %s faster than %d a second: send fewer, or start the server with a larger --max-requests-per-second"
        .formatted(peer.network(), perSecond);
  }

  static String stalled(long millis) {
    return "does not read its replies, and took none for %d ms: let it read while it sends, or start the server with a longer --send-timeout"
        .formatted(millis);
  }
}
