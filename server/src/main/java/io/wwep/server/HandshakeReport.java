package io.wwep.server;

import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.tls.ClientHello;
import io.wwep.server.tls.TlsContexts;
import io.wwep.server.tls.TlsDiagnosis;
import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * Says why a TLS connection never got as far as a request: once, in one sentence.
 *
 * <p>Owned by the loop's thread; one for each connection of the TLS port.
 */
final class HandshakeReport {

  private static final byte[] NOTHING = {};

  // Counted under these words, besides those of TlsDiagnosis.
  private static final String CLOSED = TlsDiagnosis.CLOSED;
  private static final String TIMEOUT = "timeout";
  private static final String GARBAGE = "garbage";

  private final Timeouts timeouts;
  private final LoopCounters counters;
  private final Reporter reporter;
  private final TlsContexts contexts;
  private final InetAddress reached;
  private ClientHello hello;
  private int alertInClear = TlsDiagnosis.NO_ALERT;
  private boolean told;

  /** Null where the peer is shown what all are shown. */
  private Probe probe;

  /**
   * @param contexts where the server's side of the handshake is known
   * @param reached the address of this server that the peer came to, or null
   */
  HandshakeReport(Loop loop, Peer peer, TlsContexts contexts, InetAddress reached) {
    this.contexts = contexts;
    this.reached = reached;
    timeouts = loop.config.timeouts();
    counters = loop.counters;
    reporter = new Reporter(loop, peer);
  }

  /** Keeps what the peer offered; null when it could not be read. */
  void offered(ClientHello offer) {
    hello = offer;
    reporter.secured(offer == null ? null : offer.newestVersion(), null);
  }

  /** The peer is shown a wrong certificate, on request: how that ends is no failure. */
  void probed(Probe by) {
    probe = by;
  }

  /** Whether the peer is shown a wrong certificate. */
  boolean isProbe() {
    return probe != null;
  }

  /** Keeps the number of an alert that came unencrypted. */
  void alertCame(int number) {
    alertInClear = number;
  }

  private TlsDiagnosis diagnosis() {
    return new TlsDiagnosis(hello, contexts.sideFor(hello, reached));
  }

  /** The handshake failed, or TLS broke before the first request. */
  void failed(Throwable cause) {
    TlsDiagnosis diagnosis = diagnosis();
    tell(
        diagnosis.word(cause, alertInClear), () -> diagnosis.explain(cause, alertInClear), NOTHING);
  }

  /** TLS broke behind the handshake, when requests had been served already. */
  void broke(Throwable cause) {
    reporter.notice(diagnosis().explainBreak(cause));
  }

  /** The peer ended its side before the handshake was done. */
  void closedByPeer(boolean begun) {
    tell(CLOSED, () -> diagnosis().explainClose(begun), NOTHING);
  }

  /** The handshake took too long, or did not begin. */
  void expired(boolean begun) {
    long millis = begun ? timeouts.handshakeMillis() : timeouts.firstByteMillis();
    tell(TIMEOUT, () -> diagnosis().explainTimeout(millis, begun), NOTHING);
  }

  /** The server ends, and that is no fault of the peer's. */
  void silence() {
    told = true;
  }

  /** What came was no protocol that is known here. */
  void garbage(byte[] received) {
    tell(GARBAGE, () -> TlsDiagnosis.explainGarbage(received), received);
  }

  /** What came was text of no protocol that is known here, and people may read the answer. */
  void text(Rejection rejection) {
    if (isFirst()) {
      counters.count(Counter.HANDSHAKES_FAILED);
      counters.failures.count(GARBAGE);
      reporter.rejected(() -> rejection);
    }
  }

  private void tell(String word, Supplier<String> sentence, byte[] received) {
    if (isFirst() && !isProbeOver(word, sentence)) {
      counters.count(Counter.HANDSHAKES_FAILED);
      counters.failures.count(word);
      counters.rejected(RejectCode.TLS_FAILED);
      reporter.unanswered(() -> Rejection.tlsFailed(sentence.get(), received));
    }
  }

  private boolean isProbeOver(String word, Supplier<String> sentence) {
    if (probe == null) {
      return false;
    }
    String why = sentence.get();
    if (word.equals(CLOSED)) {
      probe.dropped(/* orderly= */ false);
    } else if (word.equals(TlsDiagnosis.CLOSE_NOTIFY)) {
      probe.dropped(/* orderly= */ true);
    } else if (TlsDiagnosis.isRefusal(why)) {
      probe.refused(word.substring(TlsDiagnosis.RECEIVED.length()));
    } else {
      probe.failed(why); // other alerts come of versions, ciphers or memory just as well
    }
    return true;
  }

  /** The peer spoke another protocol in clear, and is answered in clear. */
  void answered(Rejection rejection) {
    if (isFirst()) {
      reporter.rejected(() -> rejection);
    }
  }

  /** The address of the peer has too many handshakes under way. */
  void limited(boolean shown, Supplier<String> sentence) {
    if (isFirst()) {
      reporter.limited(shown, /* answered= */ true, sentence);
    }
  }

  private boolean isFirst() {
    boolean first = !told;
    told = true;
    return first;
  }
}
