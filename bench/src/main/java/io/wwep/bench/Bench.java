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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run of a load against a target: probe, connect, fill what is going to be read, warm up,
 * measure.
 *
 * <p>{@link #run} is called once, by any thread, which it keeps; {@link #stop} by any other.
 */
public final class Bench {

  private static final long OPEN_SECONDS_MAX = 60;
  private static final long FILL_SECONDS_MAX = 600;
  private static final double SECOND_NANOS = 1e9;
  private static final long SEED = 0x57574550L;

  private final Target target;
  private final Load load;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Worker> workers = new ArrayList<>();

  public Bench(Target target, Load load) {
    this.target = target;
    this.load = load;
  }

  /** Ends the run early; it still returns what was measured until then. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Runs the load.
   *
   * @param eachSecond is told of each second, on the calling thread
   * @throws BenchException when the server cannot be reached, or speaks no WWEP
   */
  public Result run(Consumer<Second> eachSecond) {
    Connector connector = new Connector(target, load);
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            load.threads(),
            new DefaultThreadFactory("wwep-bench", true),
            connector.transport().ioHandlers());
    try {
      Probe.check(target);
      prepare(group, connector);
      return measure(eachSecond);
    } finally {
      workers.forEach(worker -> worker.loop().execute(worker::close));
      group.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(2000);
    }
  }

  private void prepare(EventLoopGroup group, Connector connector) {
    int number = 0;
    for (EventExecutor loop : group) {
      double share = (double) share(load.connections(), number) / load.connections();
      workers.add(new Worker((EventLoop) loop, connector, load, share, SEED + number++));
    }
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
    return whole / load.threads() + (i < whole % load.threads() ? 1 : 0);
  }

  private Result measure(Consumer<Second> eachSecond) {
    long warmNanos = load.warmup().toNanos();
    long start = System.nanoTime();
    workers.forEach(worker -> worker.loop().execute(() -> worker.start(start)));
    Recording recording = new Recording(this::takeInterval, eachSecond, stopped);
    recording.run(start, warmNanos, false);
    long counted = System.nanoTime();
    double cpuAtStart = Recording.processCpuSeconds();
    recording.run(counted, load.duration().toNanos(), true);
    double elapsed = (System.nanoTime() - counted) / SECOND_NANOS;
    double cpus = (Recording.processCpuSeconds() - cpuAtStart) / elapsed;
    all(OPEN_SECONDS_MAX, workers, Worker::finish);
    Interval late = takeInterval();
    return recording.result(elapsed, late, load.isOpenLoop(), unsent(), cpus);
  }

  private long unsent() {
    return workers.stream().mapToLong(worker -> on(worker, worker::unsent)).sum();
  }

  private Interval takeInterval() {
    Interval sum = new Interval();
    workers.forEach(worker -> sum.add(on(worker, worker::takeInterval)));
    return sum;
  }

  /** Runs code on a worker's loop and waits for it. */
  private static <T> T on(Worker worker, Callable<T> code) {
    return worker.loop().submit(code).syncUninterruptibly().getNow();
  }

  /** Starts something on all workers at once, and waits until it is over everywhere. */
  private static void all(
      long secondsMax, List<Worker> workers, Function<Worker, CompletableFuture<Void>> code) {
    List<CompletableFuture<Void>> started = new ArrayList<>();
    for (Worker worker : workers) {
      started.add(
          CompletableFuture.supplyAsync(() -> code.apply(worker), worker.loop())
              .thenCompose(each -> each));
    }
    try {
      CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
          .get(secondsMax, TimeUnit.SECONDS);
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
}
