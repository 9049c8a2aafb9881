package io.wwep.client;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The door to the dispatcher: holds callers back when too many requests have no outcome yet, and
 * keeps users' callbacks away from the threads that serve connections.
 */
final class Submitter {

  private final Settings settings;
  private final Dispatcher dispatcher;
  private final Failures failures;
  private final Semaphore room;
  private final ThreadPoolExecutor callbacks;
  private volatile Thread callbackThread;

  Submitter(Settings settings, Dispatcher dispatcher) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    failures = new Failures(settings);
    room = new Semaphore(settings.inFlightMax());
    // No more tasks than permits; the thread ends by itself when there is nothing to do.
    callbacks =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::callbackThread);
    callbacks.allowCoreThreadTimeOut(true);
  }

  private Thread callbackThread(Runnable task) {
    callbackThread = Timers.daemon(task, "wwep-client callbacks " + settings.endpoint().toString());
    return callbackThread;
  }

  Outcome execute(Request request) {
    return await(submit(request), request);
  }

  private Outcome await(CompletableFuture<Outcome> result, Request request) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(
          failures.interrupted(words(request), request instanceof Request.Write));
    } catch (ExecutionException e) {
      throw new AssertionError("an outcome is never an exception", e);
    }
  }

  /** The permit comes back with the outcome, on the thread that has it. */
  private CompletableFuture<Outcome> submit(Request request) {
    return submit(request, Runnable::run);
  }

  /** The permit comes back with the callbacks, so that slow ones hold back who submits. */
  CompletableFuture<Outcome> executeAsync(Request request) {
    return submit(request, callbacks);
  }

  /**
   * @param finisher runs what gives back the permit and completes the result
   */
  private CompletableFuture<Outcome> submit(Request request, Executor finisher) {
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    WwepException noRoom = enter(request);
    if (noRoom != null) {
      result.complete(new Outcome.Failed(noRoom));
      return result;
    }
    hand(
        Pending.of(
            request,
            outcome ->
                finisher.execute(
                    () -> {
                      room.release();
                      result.complete(outcome);
                    })));
    return result;
  }

  private void hand(Pending pending) {
    try {
      dispatcher.submit(pending);
    } catch (IllegalStateException e) {
      room.release();
      throw e;
    }
  }

  /** Takes a permit; returns why there is none, or null. */
  private WwepException enter(Request request) {
    // A callback that waited here would wait for callbacks behind itself.
    boolean waits = Thread.currentThread() != callbackThread;
    long nanos = waits ? settings.queueTimeout().toNanos() : 0;
    try {
      return room.tryAcquire(nanos, TimeUnit.NANOSECONDS)
          ? null
          : failures.noRoom(words(request), waits ? settings.queueTimeout() : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failures.interruptedUnsent(words(request));
    }
  }

  List<OptionalInt> readAll(List<RegisterId> ids) {
    Limits.requireInRange("number of registers", ids.size(), 0, Limits.READ_ALL_MAX);
    AtomicBoolean failed = new AtomicBoolean();
    List<CompletableFuture<Outcome>> results = new ArrayList<>(ids.size());
    for (RegisterId id : ids) {
      if (failed.get()) {
        // The rest would fail the same way, each after its own timeout.
        break;
      }
      CompletableFuture<Outcome> result = submit(new Request.Read(id));
      results.add(
          result.whenComplete(
              (outcome, none) -> failed.compareAndSet(false, outcome instanceof Outcome.Failed)));
    }
    List<OptionalInt> values = new ArrayList<>(ids.size());
    for (int i = 0; i < results.size(); i++) {
      values.add(Answers.ofRead(await(results.get(i), new Request.Read(ids.get(i)))));
    }
    return values;
  }

  private static String words(Request request) {
    return WireText.show(request.encode());
  }
}
