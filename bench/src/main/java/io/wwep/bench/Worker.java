package io.wwep.bench;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The lanes of one event loop, and what they send.
 *
 * <p>Owned by the loop's thread; the futures may be waited for by any other.
 */
final class Worker {

  /** How often an open loop looks for what is due, at least. */
  private static final long TICK_NANOS = 100_000;

  private static final long DRAIN_MILLIS = 2000;
  private static final long NOTHING = -1;

  private final EventLoop loop;
  private final Connector connector;
  private final Load load;
  private final double ratePerSecond;
  private final List<Lane> lanes = new ArrayList<>();
  private final SplittableRandom random;
  private Interval interval = new Interval();

  /** What {@link #next} takes requests from. */
  private enum Source {
    NONE,
    FILL,
    CLOSED_LOOP,
    OPEN_LOOP
  }

  private Source source = Source.NONE;
  private int fillNext;
  private int fillEnd;
  private long startNanos;
  private long endNanos;
  private long sent;
  private int firstLane;
  private long dueNanos;
  private int outcomes;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private CompletableFuture<Void> drained = new CompletableFuture<>();

  /**
   * @param share of the load's rate that is this worker's, 0 to 1
   */
  Worker(EventLoop loop, Connector connector, Load load, double share, long seed) {
    this.loop = loop;
    this.connector = connector;
    this.load = load;
    ratePerSecond = load.ratePerSecond() * share;
    random = new SplittableRandom(seed);
  }

  EventLoop loop() {
    return loop;
  }

  // ---- lanes

  /** Opens connections for the load; completes when each of them is open, or was refused. */
  CompletableFuture<Void> open(int connections) {
    for (int i = 0; i < connections; i++) {
      if (load.oneShot()) {
        lanes.add(new OneShotLane(this));
      } else {
        SessionLane lane = new SessionLane(this, load.pipeline());
        lanes.add(lane);
        lane.open();
      }
    }
    if (load.oneShot()) {
      ready.complete(null);
    }
    return ready;
  }

  /** A lane says that it is open, or could not be opened. */
  void opened() {
    if (++outcomes >= lanes.size()) {
      ready.complete(null);
    }
  }

  ChannelFuture connect(ChannelHandler handler) {
    return connector.connect(loop, handler);
  }

  boolean isSecure() {
    return connector.target().isSecure();
  }

  void later(Runnable code, long millis) {
    loop.schedule(code, millis, TimeUnit.MILLISECONDS);
  }

  // ---- what is sent

  /** Writes each of these registers once, counted as the load counts them; then it completes. */
  CompletableFuture<Void> fill(int from, int end) {
    fillNext = from;
    fillEnd = end;
    return begin(Source.FILL);
  }

  /** Sends the load until the end is called; of {@link System#nanoTime}. */
  void start(long nanos) {
    startNanos = nanos;
    begin(load.isOpenLoop() ? Source.OPEN_LOOP : Source.CLOSED_LOOP);
    if (load.isOpenLoop()) {
      tick();
    }
  }

  private CompletableFuture<Void> begin(Source from) {
    source = from;
    drained = new CompletableFuture<>();
    sendAll();
    return drained;
  }

  private void sendAll() {
    long now = System.nanoTime();
    long before;
    do {
      before = sent;
      sendRound(now);
      // In an open loop some lanes may be full, and others take what those could not.
    } while (sent > before && isDue(now));
    afterReplies();
  }

  private void sendRound(long nowNanos) {
    int share = share(nowNanos);
    int lane = firstLane;
    for (int i = 0; i < lanes.size(); i++) {
      long before = sent;
      lanes.get(lane).send(nowNanos, share);
      lane = (lane + 1) % lanes.size();
      if (sent > before) {
        firstLane = lane;
      }
    }
  }

  /**
   * Returns how many requests a lane may send now: of what is due in an open loop all take alike,
   * and the next look begins behind the last one that took any.
   */
  int share(long nowNanos) {
    if (source != Source.OPEN_LOOP) {
      return Integer.MAX_VALUE;
    }
    double due = (nowNanos - startNanos) * ratePerSecond / 1e9 + 1 - sent;
    return (int) Math.max(1, Math.ceil(due / lanes.size()));
  }

  private void tick() {
    if (source == Source.OPEN_LOOP) {
      sendAll();
      loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  /** Returns the next request, if one is to be sent now; negative otherwise. */
  long next(long nowNanos) {
    dueNanos = nowNanos;
    return switch (source) {
      case NONE -> NOTHING;
      case CLOSED_LOOP -> Requests.random(load, random);
      case OPEN_LOOP -> nextDue(nowNanos);
      case FILL ->
          fillNext < fillEnd
              ? Requests.write(load.address(fillNext++), random.nextInt(1 << 16))
              : NOTHING;
    };
  }

  private long nextDue(long nowNanos) {
    if (!isDue(nowNanos)) {
      return NOTHING;
    }
    dueNanos = nextDueNanos();
    sent++;
    return Requests.random(load, random);
  }

  private boolean isDue(long nowNanos) {
    return source == Source.OPEN_LOOP && nextDueNanos() - nowNanos <= 0;
  }

  private long nextDueNanos() {
    return startNanos + (long) (sent * (1e9 / ratePerSecond));
  }

  /** Returns from when on the latency of the request of {@link #next} counts. */
  long dueNanos() {
    return dueNanos;
  }

  // ---- what comes back

  void answered(long request, long due, long nowNanos) {
    if (source != Source.FILL) {
      interval.record(nowNanos - due);
      interval.writes += Requests.isWrite(request) ? 1 : 0;
    }
  }

  void rejected() {
    interval.rejected++;
  }

  void fault(Fault fault) {
    interval.count(fault);
  }

  /** A lane has taken what a read brought. */
  void afterReplies() {
    boolean over = source == Source.NONE || (source == Source.FILL && fillNext >= fillEnd);
    if (over && !drained.isDone() && inFlight() == 0) {
      drained.complete(null);
    }
  }

  private int inFlight() {
    return lanes.stream().mapToInt(Lane::inFlight).sum();
  }

  /** Hands over what was measured since the last call. */
  Interval takeInterval() {
    Interval taken = interval;
    interval = new Interval();
    return taken;
  }

  // ---- the end

  /**
   * Sends nothing any more; completes when all replies have come, or have not come for too long.
   */
  CompletableFuture<Void> finish() {
    endNanos = System.nanoTime();
    CompletableFuture<Void> end = begin(Source.NONE);
    later(
        () -> {
          if (!end.isDone()) {
            for (int i = inFlight(); i > 0; i--) {
              fault(Fault.UNANSWERED);
            }
            end.complete(null);
          }
        },
        DRAIN_MILLIS);
    return end;
  }

  /** Returns how many requests were due before the end and have not been sent. */
  long unsent() {
    double due = load.isOpenLoop() ? (endNanos - startNanos) * ratePerSecond / 1e9 : 0;
    return Math.max(0, (long) due - sent);
  }

  void close() {
    lanes.forEach(Lane::close);
  }
}
