package io.wwep.server;

import io.wwep.server.LoopCounters.Counter;
import java.util.Collection;

/**
 * What a server has done since its start, as counted at one moment. Immutable.
 *
 * @param openConnections connections that are open, those being turned away included
 * @param acceptedConnections connections accepted, those turned away included
 * @param handshakesDone TLS handshakes that were completed
 * @param handshakesFailed TLS connections that never got as far as a request, for the reason {@code
 *     tls-failed}; with TLS 1.3 a peer may refuse the certificate behind the handshake, which
 *     counts as both
 * @param requests requests answered, with {@code A} or {@code X}
 * @param rejectedRequests those of them answered {@code X}
 * @param limitHits how often each limit was hit
 */
public record ServerCounters(
    int openConnections,
    long acceptedConnections,
    long handshakesDone,
    long handshakesFailed,
    long requests,
    long rejectedRequests,
    LimitHits limitHits) {

  /**
   * How often each limit was hit.
   *
   * @param connections connections turned away because there were too many in all
   * @param connectionsPerAddress connections turned away because their address had too many
   * @param handshakesPerAddress TLS handshakes refused because their address had too many under way
   * @param requestsPerSecond requests refused because their address sent too many
   * @param stalledPeers connections closed because the peer took none of its replies
   * @param acceptPauses how often accepting paused because the system gave no more files
   */
  public record LimitHits(
      long connections,
      long connectionsPerAddress,
      long handshakesPerAddress,
      long requestsPerSecond,
      long stalledPeers,
      long acceptPauses) {}

  static ServerCounters of(int openConnections, Collection<LoopCounters> loops) {
    return new ServerCounters(
        openConnections,
        sum(loops, Counter.ACCEPTED),
        sum(loops, Counter.HANDSHAKES_DONE),
        sum(loops, Counter.HANDSHAKES_FAILED),
        sum(loops, Counter.REQUESTS),
        sum(loops, Counter.REJECTED),
        new LimitHits(
            sum(loops, Counter.OVER_CONNECTIONS),
            sum(loops, Counter.OVER_CONNECTIONS_PER_ADDRESS),
            sum(loops, Counter.OVER_HANDSHAKES_PER_ADDRESS),
            sum(loops, Counter.OVER_REQUESTS_PER_SECOND),
            sum(loops, Counter.STALLED),
            sum(loops, Counter.ACCEPT_PAUSES)));
  }

  private static long sum(Collection<LoopCounters> loops, Counter counter) {
    return loops.stream().mapToLong(each -> each.get(counter)).sum();
  }
}
