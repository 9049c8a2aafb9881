package io.wwep.conformance.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients at a time, each on a daemon thread. */
public final class Crowd implements AutoCloseable {

  /** Clients mostly wait, so there can be far more of them than processors. */
  public static final int LARGE = 32;

  /** As many as no server takes for a crowd. */
  public static final int SMALL = 8;

  private static final int SUPPRESSED_MAX = 10;

  /** What one client does. */
  @FunctionalInterface
  public interface Client {
    /** Does it, and fails where the server does. */
    void run() throws Exception;
  }

  private final ExecutorService threads;

  /** A crowd of 32. */
  public Crowd() {
    this(LARGE);
  }

  /**
   * A crowd of so many.
   *
   * @param clients 1 or more
   */
  public Crowd(int clients) {
    threads =
        Executors.newFixedThreadPool(
            clients,
            task -> {
              Thread thread = new Thread(task, "wwep-conformance client");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts one client, as soon as one of the crowd is free. */
  public Future<Void> start(Client client) {
    Callable<Void> callable =
        () -> {
          client.run();
          return null;
        };
    return threads.submit(callable);
  }

  /** Runs all clients and fails with the first failure, the others suppressed in it. */
  public void runAll(Collection<Client> clients) throws Exception {
    List<Future<Void>> futures = new ArrayList<>();
    for (Client client : clients) {
      futures.add(start(client));
    }
    Throwable failure = null;
    for (Future<Void> future : futures) {
      failure = add(failure, failureOf(future));
    }
    rethrow(failure);
  }

  /** Waits for one client and fails as it failed. */
  public static void await(Future<Void> client) throws Exception {
    rethrow(failureOf(client));
  }

  private static Throwable failureOf(Future<Void> future) throws InterruptedException {
    try {
      future.get();
      return null;
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  private static Throwable add(Throwable first, Throwable next) {
    if (first != null && next != null && first.getSuppressed().length < SUPPRESSED_MAX) {
      first.addSuppressed(next);
    }
    return first == null ? next : first;
  }

  private static void rethrow(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
