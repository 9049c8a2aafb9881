package io.wwep.server;

import io.wwep.protocol.RejectCode;
import io.wwep.server.tls.TlsSession;
import io.wwep.store.Histogram;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one loop has counted since the start. Written by the loop's thread alone, so that counting
 * costs a plain store; read by any thread, which may see a number a moment late.
 */
final class LoopCounters {

  enum Counter {
    ACCEPTED_PLAIN,
    ACCEPTED_TLS,
    HANDSHAKES_DONE,
    HANDSHAKES_FAILED,
    REQUESTS,
    REJECTED,
    READS,
    WRITES,
    BYTES_READ,
    BYTES_WRITTEN,
    OVER_CONNECTIONS,
    OVER_CONNECTIONS_PER_ADDRESS,
    OVER_HANDSHAKES_PER_ADDRESS,
    OVER_REQUESTS_PER_SECOND,
    STALLED,
    ACCEPT_PAUSES
  }

  private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);
  private final AtomicLongArray rejections = new AtomicLongArray(RejectCode.values().length);

  /** From the first read of an exchange until its replies are with the transport. */
  final Histogram latency = Histogram.ofTimes();

  /** Versions of TLS that handshakes ended in. */
  final Tally versions = new Tally();

  /** Cipher suites that they ended in. */
  final Tally suites = new Tally();

  /** Why handshakes failed. */
  final Tally failures = new Tally();

  /** The loop's thread. */
  void count(Counter counter) {
    add(counter, 1);
  }

  /** The loop's thread. */
  @SuppressWarnings("EnumOrdinal") // Lives no longer than the process.
  void add(Counter counter, long number) {
    int i = counter.ordinal();
    counts.setOpaque(i, counts.getPlain(i) + number);
  }

  /** The loop's thread: a handshake is done. */
  void shakenHands(TlsSession session) {
    count(Counter.HANDSHAKES_DONE);
    versions.count(session.version());
    suites.count(session.cipherSuite());
  }

  /** The loop's thread: one more X for this reason, or what takes its place. */
  @SuppressWarnings("EnumOrdinal")
  void rejected(RejectCode code) {
    int i = code.ordinal();
    rejections.setOpaque(i, rejections.getPlain(i) + 1);
  }

  /** Any thread. */
  @SuppressWarnings("EnumOrdinal")
  long rejections(RejectCode code) {
    return rejections.getOpaque(code.ordinal());
  }

  /** Any thread. */
  @SuppressWarnings("EnumOrdinal")
  long get(Counter counter) {
    return counts.getOpaque(counter.ordinal());
  }
}
