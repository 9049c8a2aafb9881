package io.wwep.server;

import io.netty.channel.EventLoop;
import io.wwep.protocol.Neighbors;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.access.Access;
import io.wwep.store.Batch;
import io.wwep.store.Completion;
import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What the connections of one event loop share: buffers, deadlines, the pool of exchanges and the
 * way back from the store.
 *
 * <p>Owned by the loop's thread, for the life of the server. Only {@link #completed} and {@link
 * #flush} are called from the store's commit thread: it stacks what a commit finished and wakes the
 * loop once.
 */
final class Loop implements Completion {

  private static final int READ_BYTES_MAX = 64 * 1024;
  private static final int POOLED_MAX = 1024;

  /**
   * Requests whose replies are not on their way yet. Beyond them nobody's bytes are read until half
   * of them are answered, so that many connections with much each cannot use up the memory.
   */
  static final int WAITING_REQUESTS_MAX = 256 * 1024;

  private static final long DROPS_REPORT_MILLIS = 1000;

  /** Where a read is copied to before it is parsed. */
  final byte[] input = new byte[READ_BYTES_MAX];

  /** What replies leave in. */
  final ReusedBuffer sent = new ReusedBuffer();

  final EventLoop eventLoop;
  final ServerConfig config;
  final Store store;
  final EventFeed feed;
  final Replies replies;
  final DeadlineWheel wheel;
  final EventBudget budget;
  final LoopCounters counters = new LoopCounters();

  private final Set<Connection> connections = new HashSet<>();
  private final AtomicReference<Exchange> finished = new AtomicReference<>();
  private byte[] output = new byte[READ_BYTES_MAX];
  private Exchange pool;
  private int pooled;
  private int waiting;
  private boolean full;

  /** When the read that is being taken began. */
  private long readNanos;

  /** Set by the server's thread, because a busy loop comes late to {@link #shutDown}. */
  private volatile boolean stopping;

  private volatile long inputEndsNanos;

  /** The other doors; set by any thread. */
  private volatile Neighbors neighbors;

  /** Who may do what; set by any thread. */
  private volatile Access access;

  Loop(
      EventLoop eventLoop,
      ServerConfig config,
      Access access,
      Store store,
      EventFeed feed,
      Neighbors neighbors) {
    this.access = access;
    this.eventLoop = eventLoop;
    this.config = config;
    this.store = store;
    this.feed = feed;
    this.neighbors = neighbors;
    replies = new Replies(config.explain());
    wheel = new DeadlineWheel(eventLoop);
    budget = new EventBudget(feed, this::reportDropsSoon, wheel.nanoTime());
  }

  Access access() {
    return access;
  }

  /** Returns the other doors, which a lost peer is told of. */
  Neighbors neighbors() {
    return neighbors;
  }

  /** Any thread: from now on lost peers are told of these. */
  void announce(Neighbors others) {
    neighbors = others;
  }

  /**
   * Counts the requests of a completed exchange, and publishes those that are to be shown. To be
   * called when its replies have left.
   */
  void tell(Exchange exchange, Reporter reporter) {
    counters.latency.record(wheel.nanoTime() - exchange.readNanos, exchange.size());
    counters.add(Counter.REQUESTS, exchange.size());
    counters.add(Counter.READS, exchange.readCount());
    counters.add(Counter.WRITES, exchange.writeCount());
    counters.add(Counter.REJECTED, reporter.report(exchange));
  }

  /** Any thread: other rules hold from the next read of each connection on. */
  void obey(Access rules) {
    access = rules;
  }

  private void reportDropsSoon() {
    eventLoop.schedule(budget::reportDropped, DROPS_REPORT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Returns the time on {@link DeadlineWheel#nanoTime}; called once for each read. */
  long startRead() {
    readNanos = wheel.nanoTime();
    budget.refresh(readNanos);
    return readNanos;
  }

  /** Returns a buffer for replies of at least {@code length} bytes, valid until the next call. */
  byte[] output(int length) {
    if (output.length < length) {
      output = new byte[length];
    }
    return output;
  }

  Exchange acquire(ExchangeOwner owner) {
    Exchange exchange = pool;
    if (exchange == null) {
      exchange = new Exchange(this);
    } else {
      pool = exchange.next;
      pooled--;
    }
    exchange.owner = owner;
    exchange.readNanos = readNanos;
    return exchange;
  }

  void release(Exchange exchange) {
    exchange.recycle();
    if (pooled < POOLED_MAX) {
      exchange.next = pool;
      pool = exchange;
      pooled++;
    }
  }

  /** So many more requests wait, or fewer. */
  void waits(int more) {
    waiting += more;
    boolean still = full && waiting > WAITING_REQUESTS_MAX / 2;
    if (full != (still || waiting >= WAITING_REQUESTS_MAX)) {
      full = !full;
      ReusedBuffer.readLittle(full);
      List<Connection> all = new ArrayList<>(connections);
      all.forEach(each -> guarded(each, Connection::roomChanged));
    }
  }

  /** Returns how many requests wait. */
  int waiting() {
    return waiting;
  }

  /** Whether nothing is to be read now. */
  boolean isFull() {
    return full;
  }

  void add(Connection connection) {
    connections.add(connection);
    if (stopping) {
      connection.shutDown();
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /** Any thread: takes no more input once so much time has passed. */
  void endInputIn(long nanos) {
    inputEndsNanos = wheel.nanoTime() + nanos;
    stopping = true;
  }

  boolean isInputOver(long nowNanos) {
    return stopping && nowNanos - inputEndsNanos >= 0;
  }

  /** Lets every connection answer what has come in, and then end; behind {@link #endInputIn}. */
  void shutDown() {
    List<Connection> all = new ArrayList<>(connections);
    all.forEach(each -> guarded(each, Connection::shutDown));
  }

  /** Closes every connection that is still there. */
  void abandon() {
    List<Connection> all = new ArrayList<>(connections);
    all.forEach(each -> guarded(each, Connection::abandon));
    sent.release();
  }

  /** Commit thread, or the loop's own when the store did not have to wait. */
  @Override
  public void completed(Batch batch) {
    Exchange exchange = (Exchange) batch;
    if (eventLoop.inEventLoop()) {
      exchange.owner.finish(exchange);
      return;
    }
    Exchange head;
    do {
      head = finished.get();
      exchange.next = head;
    } while (!finished.compareAndSet(head, exchange));
  }

  @Override
  public void flush() {
    if (finished.get() == null) {
      return;
    }
    try {
      eventLoop.execute(this::deliver);
    } catch (RejectedExecutionException closed) {
      // The server is down and its peers are gone; the writes are on disk all the same.
      finished.set(null);
    }
  }

  /** Lets a connection do something; a fault of one must not keep the others from it. */
  private static void guarded(Connection connection, Consumer<Connection> step) {
    try {
      step.accept(connection);
    } catch (Throwable fault) {
      connection.failed(fault);
    }
  }

  /** Does so without taking anything from the heap. */
  private static void finish(Exchange exchange) {
    ExchangeOwner owner = exchange.owner;
    try {
      owner.finish(exchange);
    } catch (Throwable fault) {
      owner.failed(fault);
    }
  }

  private void deliver() {
    Exchange inOrder = null;
    Exchange exchange = finished.getAndSet(null);
    while (exchange != null) {
      Exchange next = exchange.next;
      exchange.next = inOrder;
      inOrder = exchange;
      exchange = next;
    }
    while (inOrder != null) {
      Exchange next = inOrder.next;
      finish(inOrder);
      inOrder = next;
    }
  }
}
