package io.wwep.server;

/** What people are told when a peer is beyond a limit: cause and cure. */
final class LimitWords {

  private LimitWords() {}

  static String connections(Peer peer, int max) {
    return "%d connections are open from %s, as many as one address may have: close some, or start the server with a larger --max-connections-per-address"
        .formatted(max, peer.network());
  }

  static String handshakes(Peer peer, int max) {
    return "%d TLS handshakes are under way from %s, as many as one address may have: connect again when they are done, or start the server with a larger --max-handshakes-per-address"
        .formatted(max, peer.network());
  }

  static String requests(Peer peer, int perSecond) {
    return "more than %d requests a second come from %s: send fewer, or start the server with a larger --max-requests-per-second"
        .formatted(perSecond, peer.network());
  }

  static String stalled(long millis) {
    return "does not read its replies, and took none for %d ms: let it read while it sends, or start the server with a longer --send-timeout"
        .formatted(millis);
  }
}
