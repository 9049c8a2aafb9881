package io.wwep.server;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Request;
import io.wwep.server.access.Access;
import io.wwep.server.access.Decision;
import io.wwep.server.access.Door;
import io.wwep.server.access.Requester;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes requests that come through the browser console, by the rules of the ports: what the policy
 * and {@code --read-only} allow is performed, a write is durable before it is answered, everything
 * is counted and told to who watches ({@link Door#CONSOLE}), and a write stands in the history with
 * the address of the browser.
 *
 * <p>Any thread. Requests are performed on the event loops, in turn; what hangs on a future of
 * {@link #perform} runs there too, and must not block.
 */
public final class Desk {

  /** Most requests of one call. */
  public static final int REQUESTS_MAX = 256;

  /** Most registers of which one call may expect something. */
  public static final int EXPECTATIONS_MAX = REQUESTS_MAX;

  /** Most calls that are under way at a time. */
  public static final int CALLS_MAX = 64;

  private static final byte[] NOTHING = {};

  private final ServerConfig config;
  private final List<Loop> loops;
  private final AtomicInteger turn = new AtomicInteger();
  private final Semaphore free = new Semaphore(CALLS_MAX);
  private final Set<DeskCall> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Desk(ServerConfig config, Collection<Loop> loops) {
    this.config = config;
    this.loops = List.copyOf(loops);
  }

  /**
   * Performs requests in their order. Of the writes all are performed or none: where one is denied,
   * or does not become durable, none is stored. Reads are performed all the same.
   *
   * @param peer address and port of the browser
   * @param secure whether the browser came over TLS; told in the history
   * @param requests 1 to {@link #REQUESTS_MAX}
   * @param expected registers that must have this value, or none at all (empty), for any write to
   *     be performed; looked at before the first request. {@link #EXPECTATIONS_MAX} at most, and
   *     none where all is well whatever they have
   * @return what became of each request, in their order; fails with a {@link ServerException} when
   *     the server is shutting down, and then a write may have been stored
   * @throws IllegalArgumentException when there are too many requests or expectations, none of the
   *     former, or a value is not within 0 to 65,535
   */
  public CompletableFuture<List<Outcome>> perform(
      InetSocketAddress peer,
      boolean secure,
      List<Request> requests,
      Map<RegisterId, OptionalInt> expected) {
    ServerConfig.requireRange("number of requests", requests.size(), 1, REQUESTS_MAX);
    ServerConfig.requireRange("number of expectations", expected.size(), 0, EXPECTATIONS_MAX);
    expected.values().forEach(value -> value.ifPresent(RegisterId::requireValue));
    if (closed) {
      return CompletableFuture.failedFuture(DeskCall.shuttingDown());
    }
    if (!free.tryAcquire()) {
      return CompletableFuture.completedFuture(requests.stream().map(Desk::limited).toList());
    }
    Loop loop = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    Peer browser = new Peer(peer, Door.CONSOLE);
    DeskCall call =
        new DeskCall(
            loop,
            browser,
            browser.consoleOrigin(secure),
            List.copyOf(requests),
            Map.copyOf(expected));
    return start(call, loop);
  }

  private CompletableFuture<List<Outcome>> start(DeskCall call, Loop loop) {
    underWay.add(call);
    call.done()
        .whenComplete(
            (outcomes, failure) -> {
              if (underWay.remove(call)) {
                free.release();
              }
            });
    try {
      loop.eventLoop.execute(call::start);
    } catch (RejectedExecutionException down) {
      call.giveUp();
    }
    if (closed) {
      call.giveUp(); // the others were given up before this one was there
    }
    return call.done();
  }

  private static Outcome limited(Request request) {
    return new Outcome.Rejected(
        Rejection.limited(
            "as many calls of the console are under way as may be (%d): send it again in a moment"
                .formatted(CALLS_MAX),
            request.encode()));
  }

  /**
   * Returns whether one may read or write a register at the moment, and why.
   *
   * @param peer address and port of the browser
   * @param address of the register, see {@link RegisterId#ofAddress}
   */
  public Decision allowed(InetSocketAddress peer, boolean write, int address) {
    Peer browser = new Peer(peer, Door.CONSOLE);
    if (write && config.readOnly().covers(Door.CONSOLE)) {
      return new Decision(false, browser.readOnly(NOTHING).sentence(), null);
    }
    Access rules = loops.get(0).access();
    return rules.decide(new Requester(browser.inetAddress(), Door.CONSOLE, null), write, address);
  }

  /** Whether calls are under way. */
  boolean isBusy() {
    return !underWay.isEmpty();
  }

  /** Takes no more calls from now on. */
  void close() {
    closed = true;
  }

  /** Fails what is still under way; behind {@link #close}. */
  void abandon() {
    underWay.forEach(DeskCall::giveUp);
  }
}
