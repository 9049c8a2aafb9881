package io.wwep.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** All workers of a run, told by one thread what to do, each on a loop of its own. */
final class Crew implements AutoCloseable {

  private static final long OPEN_SECONDS_MAX = 60;
  private static final long FILL_SECONDS_MAX = 600;
  private static final long SEED = 0x57574550L;

  private final Load load;
  private final CompletableFuture<Void> stopped;
  private final EventLoopGroup group;
  private final int loops;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * @param stopped completed when the person wants no more of it; ends every waiting
   */
  Crew(Target target, Load load, CompletableFuture<Void> stopped) {
    this.load = load;
    this.stopped = stopped;
    // A loop without a connection could do nothing of its part.
    loops = Math.min(load.threads(), load.connections());
    Connector connector = new Connector(target, load);
    group =
        new MultiThreadIoEventLoopGroup(
            loops,
            new DefaultThreadFactory("wwep-bench", true),
            connector.transport().ioHandlers());
    for (EventExecutor loop : group) {
      double share = (double) share(load.connections(), workers.size()) / load.connections();
      workers.add(new Worker((EventLoop) loop, connector, load, share, SEED + workers.size()));
    }
  }

  /**
   * Opens all connections, and writes what is going to be read.
   *
   * @throws BenchException when the server does not take it in time
   */
  void prepare() {
    for (int i = 0; i < workers.size(); i++) {
      int connections = share(load.idle(), i);
      all(OPEN_SECONDS_MAX, List.of(workers.get(i)), w -> new Idle(w).open(connections));
    }
    all(OPEN_SECONDS_MAX, workers, w -> w.open(share(load.connections(), workers.indexOf(w))));
    if (load.writesPercent() > 0) {
      all(FILL_SECONDS_MAX, workers, w -> w.fill(firstOf(w), firstOf(w) + registersOf(w)));
    }
  }

  private int registersOf(Worker worker) {
    return share(load.registerCount(), workers.indexOf(worker));
  }

  private int firstOf(Worker worker) {
    int first = 0;
    for (int i = 0; i < workers.indexOf(worker); i++) {
      first += share(load.registerCount(), i);
    }
    return first;
  }

  /** Returns the part of worker {@code i}, so that the parts add up to the whole. */
  private int share(int whole, int i) {
    return whole / loops + (i < whole % loops ? 1 : 0);
  }

  /** Sends the load from now on. */
  void start(long nanos) {
    workers.forEach(worker -> worker.loop().execute(() -> worker.start(nanos)));
  }

  /** Sends no more, and waits for the replies that are on their way. */
  void finish() {
    await(OPEN_SECONDS_MAX, together(workers, Worker::finish));
  }

  /** Hands over what was measured since the last call. */
  Interval takeInterval() {
    Interval sum = new Interval();
    workers.forEach(worker -> sum.add(on(worker, worker::takeInterval)));
    return sum;
  }

  /** Returns how many requests were due before the end and have not been sent. */
  long unsent() {
    return workers.stream().mapToLong(worker -> on(worker, worker::unsent)).sum();
  }

  /** Runs code on a worker's loop and waits for it. */
  private static <T> T on(Worker worker, Callable<T> code) {
    return worker.loop().submit(code).syncUninterruptibly().getNow();
  }

  /** Starts something on these workers, and waits until it is over everywhere, or is not wanted. */
  private void all(
      long secondsMax, List<Worker> those, Function<Worker, CompletableFuture<Void>> code) {
    if (!stopped.isDone()) {
      await(secondsMax, CompletableFuture.anyOf(stopped, together(those, code)));
    }
  }

  private static CompletableFuture<Void> together(
      List<Worker> workers, Function<Worker, CompletableFuture<Void>> code) {
    return CompletableFuture.allOf(
        workers.stream()
            .map(worker -> CompletableFuture.supplyAsync(() -> code.apply(worker), worker.loop()))
            .map(started -> started.thenCompose(Function.identity()))
            .toArray(CompletableFuture[]::new));
  }

  private static void await(long secondsMax, CompletableFuture<?> end) {
    try {
      end.get(secondsMax, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new BenchException(
          BenchException.Kind.UNREACHABLE,
          "the server did not take all connections and first writes in time: is it overloaded, or --max-connections too small?",
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting", e);
    }
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.loop().execute(worker::close));
    group.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(2000);
  }
}
