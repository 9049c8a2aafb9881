package io.wwep.server;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Request;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * One call of {@link Desk#perform} on its way through the store and back.
 *
 * <p>Owned by its loop's thread, but for {@link #done} and {@link #giveUp}.
 */
final class DeskCall implements ExchangeOwner {

  private final Loop loop;
  private final Origin origin;
  private final List<Request> requests;
  private final Map<RegisterId, OptionalInt> expected;
  private final Authority authority;
  private final Reporter reporter;
  private final CompletableFuture<List<Outcome>> done = new CompletableFuture<>();

  /** Why each request is refused before it gets to the store; null for the others. */
  private final Rejection[] refusals;

  DeskCall(
      Loop loop,
      Peer peer,
      Origin origin,
      List<Request> requests,
      Map<RegisterId, OptionalInt> expected) {
    this.loop = loop;
    this.origin = origin;
    this.requests = requests;
    this.expected = expected;
    authority = new Authority(loop, peer);
    reporter = new Reporter(loop, peer);
    refusals = new Rejection[requests.size()];
  }

  /** Any thread. */
  CompletableFuture<List<Outcome>> done() {
    return done;
  }

  /** Any thread: the server is shutting down. */
  void giveUp() {
    done.completeExceptionally(shuttingDown());
  }

  static ServerException shuttingDown() {
    return new ServerException(
        "the server is shutting down: read what was to be written when it is back", null);
  }

  void start() {
    try {
      loop.startRead();
      authority.refresh();
      refuse();
      loop.store.execute(exchange());
    } catch (Throwable fault) {
      failed(fault);
    }
  }

  /** Finds what is denied, and the writes that are not performed because another is. */
  private void refuse() {
    String first = null;
    for (int i = 0; i < refusals.length; i++) {
      Request request = requests.get(i);
      boolean write = isWrite(request);
      if (authority.denies(write, request.id().address())) {
        refusals[i] = authority.denial(write, request.id().address(), request.encode());
        first = write && first == null ? refusals[i].sentence() : first;
      }
    }
    for (int i = 0; i < refusals.length && first != null; i++) {
      Request request = requests.get(i);
      if (isWrite(request) && refusals[i] == null) {
        refusals[i] =
            Rejection.denied(
                "another write that came with it is denied, so none was made: " + first,
                request.encode());
      }
    }
  }

  private static boolean isWrite(Request request) {
    return request instanceof Request.Write;
  }

  private Exchange exchange() {
    Exchange exchange = loop.acquire(this);
    exchange.start(origin);
    expected.forEach((id, value) -> exchange.expect(id.address(), value.orElse(Store.ABSENT)));
    for (int i = 0; i < refusals.length; i++) {
      if (refusals[i] == null) {
        add(exchange, requests.get(i));
      } else {
        loop.counters.count(isWrite(requests.get(i)) ? Counter.WRITES : Counter.READS);
        exchange.addGap(Replies.tag(RejectCode.DENIED));
        if (loop.budget.admitRejected()) {
          exchange.note(refusals[i]);
        }
      }
    }
    return exchange;
  }

  private void add(Exchange exchange, Request request) {
    int address = request.id().address();
    if (request instanceof Request.Write write) {
      exchange.addWrite(address, write.value());
    } else {
      exchange.addRead(address);
    }
    if (loop.budget.admitAccepted(address)) {
      exchange.note(request.encode());
    }
  }

  /** A conflict is told to who asked alone: on the wire there is no such thing. */
  @Override
  public void finish(Exchange exchange) {
    try {
      List<Outcome> outcomes = outcomes(exchange);
      if (!exchange.isConflict()) {
        loop.tell(exchange, reporter);
      }
      done.complete(outcomes);
    } finally {
      loop.release(exchange);
    }
  }

  private List<Outcome> outcomes(Exchange exchange) {
    List<Outcome> outcomes = new ArrayList<>(refusals.length);
    for (int i = 0; i < refusals.length; i++) {
      outcomes.add(outcome(exchange, i));
    }
    return List.copyOf(outcomes);
  }

  private Outcome outcome(Exchange exchange, int i) {
    if (refusals[i] != null) {
      return new Outcome.Rejected(refusals[i]);
    }
    if (exchange.value(i) >= 0) {
      return new Outcome.Accepted(exchange.value(i));
    }
    byte[] request = requests.get(i).encode();
    if (!exchange.isWrite(i)) {
      return new Outcome.Rejected(Rejection.notWritten(exchange.address(i), request));
    }
    return exchange.isConflict()
        ? conflict(exchange)
        : new Outcome.Rejected(Rejection.storage(exchange.failure(), request));
  }

  private static Outcome conflict(Exchange exchange) {
    int found = exchange.conflictValue();
    return new Outcome.Conflict(
        RegisterId.ofAddress(exchange.conflictAddress()),
        found == Store.ABSENT ? OptionalInt.empty() : OptionalInt.of(found),
        exchange.failure());
  }

  @Override
  public void failed(Throwable fault) {
    if (Fault.isFatal(fault)) {
      Fault.raise(fault);
    }
    String sentence =
        "a request of the console met a fault in wwep (%s): report it with what was asked"
            .formatted(fault);
    reporter.notice(sentence);
    done.completeExceptionally(new ServerException(sentence, fault));
  }
}
