package io.wwep.client;

import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import java.util.function.Consumer;

/**
 * One request on its way to its one outcome. The mutable part belongs to whoever holds it: the
 * dispatcher, then the connection, then whoever took it out of the connection.
 */
final class Pending {

  private final Request request;
  private final byte[] frame;
  private final Consumer<Outcome> sink;
  private final boolean probe;
  private final long submittedNanos = System.nanoTime();
  private long sentNanos;
  private int unsentTries;
  private boolean repeated;

  private Pending(Request request, boolean probe, Consumer<Outcome> sink) {
    this.request = request;
    this.probe = probe;
    this.sink = sink;
    frame = request.encode();
  }

  /**
   * @param sink gets the outcome, once, on a thread of the client; must neither block nor throw
   */
  static Pending of(Request request, Consumer<Outcome> sink) {
    return new Pending(request, false, sink);
  }

  /** Returns a read that only finds out whether a connection is alive. */
  static Pending probe(Request request) {
    return new Pending(new Request.Read(request.id()), true, outcome -> {});
  }

  Request request() {
    return request;
  }

  byte[] frame() {
    return frame;
  }

  boolean isWrite() {
    return request instanceof Request.Write;
  }

  long submittedNanos() {
    return submittedNanos;
  }

  long sentNanos() {
    return sentNanos;
  }

  void sent(long nowNanos) {
    sentNanos = nowNanos;
  }

  /** Whether sending it twice does no harm: a read of a user. */
  boolean isRepeatable() {
    return !isWrite() && !probe;
  }

  /** Takes the one repetition that a read has; false when it is used up. */
  boolean takeRepetition() {
    boolean taken = !repeated;
    repeated = true;
    return taken;
  }

  boolean isRepeated() {
    return repeated;
  }

  /** Counts a connection that was gone before this request could be sent on it. */
  boolean takeUnsentTry() {
    unsentTries++;
    return unsentTries <= Limits.UNSENT_TRIES_MAX;
  }

  void complete(Outcome outcome) {
    sink.accept(outcome);
  }

  void fail(WwepException cause) {
    complete(new Outcome.Failed(cause));
  }

  /** Returns the frame as it goes over the wire. */
  @Override
  public String toString() {
    return WireText.show(frame);
  }
}
