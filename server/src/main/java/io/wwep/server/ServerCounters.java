package io.wwep.server;

import io.wwep.protocol.RejectCode;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.access.Door;
import io.wwep.store.Histogram;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What a server has done since its start, as counted at one moment. Immutable.
 *
 * @param openConnections connections that are open, those being turned away included
 * @param openByDoor those of the plain and of the TLS port apart
 * @param acceptedConnections connections accepted, those turned away included
 * @param acceptedByDoor those of the plain and of the TLS port apart
 * @param handshakesDone TLS handshakes that were completed
 * @param handshakesFailed TLS connections that never got as far as a request, for the reason {@code
 *     tls-failed}; with TLS 1.3 a peer may refuse the certificate behind the handshake, which
 *     counts as both
 * @param handshakes both by version, suite and cause
 * @param requests requests answered, with {@code A} or {@code X}, those of the console included
 * @param rejectedRequests those of them answered {@code X}
 * @param traffic both by kind and outcome, with their bytes and latency
 * @param limitHits how often each limit was hit
 */
public record ServerCounters(
    int openConnections,
    Map<Door, Integer> openByDoor,
    long acceptedConnections,
    Map<Door, Long> acceptedByDoor,
    long handshakesDone,
    long handshakesFailed,
    Handshakes handshakes,
    long requests,
    long rejectedRequests,
    Traffic traffic,
    LimitHits limitHits) {

  /**
   * TLS handshakes.
   *
   * @param versions those done, by version, as in {@code TLSv1.3}
   * @param cipherSuites those done, by suite, as in {@code TLS_AES_128_GCM_SHA256}
   * @param failures those failed, by cause: an alert of the board as in {@code
   *     received_unknown_ca}, what this server did not accept as in {@code no_shared_cipher},
   *     {@code timeout}, {@code closed}, {@code garbage} or {@code other}
   */
  public record Handshakes(
      SortedMap<String, Long> versions,
      SortedMap<String, Long> cipherSuites,
      SortedMap<String, Long> failures) {

    public Handshakes {
      versions = Collections.unmodifiableSortedMap(versions);
      cipherSuites = Collections.unmodifiableSortedMap(cipherSuites);
      failures = Collections.unmodifiableSortedMap(failures);
    }
  }

  /**
   * Requests, and what they took.
   *
   * @param reads legal frames that read, whatever became of them, but for {@code limited} ones
   * @param writes legal frames that write, likewise
   * @param rejections by code, all of them; also what was no request, as a failed handshake or a
   *     connection too many that got an {@code X}
   * @param bytesRead bytes of requests, behind TLS where there is TLS
   * @param bytesWritten bytes of replies, likewise
   * @param latency from the read of a request until its reply is with the transport, in seconds;
   *     where several reads were collected behind a commit, from the first of them
   */
  public record Traffic(
      long reads,
      long writes,
      Map<RejectCode, Long> rejections,
      long bytesRead,
      long bytesWritten,
      Histogram.Snapshot latency) {

    public Traffic {
      rejections = Collections.unmodifiableMap(rejections);
    }
  }

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

  public ServerCounters {
    openByDoor = Collections.unmodifiableMap(openByDoor);
    acceptedByDoor = Collections.unmodifiableMap(acceptedByDoor);
  }

  /** Returns how many requests were answered {@code A}. */
  public long acceptedRequests() {
    return requests - rejectedRequests;
  }

  static ServerCounters of(int open, int openTls, Collection<LoopCounters> loops) {
    long plain = sum(loops, Counter.ACCEPTED_PLAIN);
    long tls = sum(loops, Counter.ACCEPTED_TLS);
    return new ServerCounters(
        open,
        byDoor(Math.max(0, open - openTls), openTls),
        plain + tls,
        byDoor(plain, tls),
        sum(loops, Counter.HANDSHAKES_DONE),
        sum(loops, Counter.HANDSHAKES_FAILED),
        new Handshakes(
            tally(loops, each -> each.versions),
            tally(loops, each -> each.suites),
            tally(loops, each -> each.failures)),
        sum(loops, Counter.REQUESTS),
        sum(loops, Counter.REJECTED),
        traffic(loops),
        limitHits(loops));
  }

  private static <T> Map<Door, T> byDoor(T plain, T tls) {
    return new EnumMap<>(Map.of(Door.PLAIN, plain, Door.TLS, tls));
  }

  private static Traffic traffic(Collection<LoopCounters> loops) {
    Map<RejectCode, Long> rejections = new EnumMap<>(RejectCode.class);
    Arrays.stream(RejectCode.values())
        .forEach(
            code ->
                rejections.put(
                    code, loops.stream().mapToLong(each -> each.rejections(code)).sum()));
    return new Traffic(
        sum(loops, Counter.READS),
        sum(loops, Counter.WRITES),
        rejections,
        sum(loops, Counter.BYTES_READ),
        sum(loops, Counter.BYTES_WRITTEN),
        loops.stream()
            .map(each -> each.latency.snapshot())
            .reduce(Histogram.Snapshot.EMPTY, Histogram.Snapshot::plus));
  }

  private static LimitHits limitHits(Collection<LoopCounters> loops) {
    return new LimitHits(
        sum(loops, Counter.OVER_CONNECTIONS),
        sum(loops, Counter.OVER_CONNECTIONS_PER_ADDRESS),
        sum(loops, Counter.OVER_HANDSHAKES_PER_ADDRESS),
        sum(loops, Counter.OVER_REQUESTS_PER_SECOND),
        sum(loops, Counter.STALLED),
        sum(loops, Counter.ACCEPT_PAUSES));
  }

  private static SortedMap<String, Long> tally(
      Collection<LoopCounters> loops, Function<LoopCounters, Tally> which) {
    return Tally.sum(loops.stream().map(which).toList());
  }

  private static long sum(Collection<LoopCounters> loops, Counter counter) {
    return loops.stream().mapToLong(each -> each.get(counter)).sum();
  }
}
