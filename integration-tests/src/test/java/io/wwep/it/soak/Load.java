package io.wwep.it.soak;

import io.wwep.it.Threads;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients of all kinds that a server has to do with, at a steady pace: boards that connect for each
 * message, on the plain port and over TLS with a handshake or a resumed session, sessions that
 * write and read what they wrote, readers of what others write, clients that are gone in
 * mid-message, and one that renews the certificate. Each reply is checked.
 */
final class Load implements AutoCloseable {

  private static final long TIMES_MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
  private static final int STOP_MILLIS_MAX = 20_000;

  /** A client; does its part once, and goes on with it at the next call. */
  interface Client extends AutoCloseable {

    /**
     * Does it.
     *
     * @return how many requests were answered, 0 for one that wants no answer
     * @throws AssertionError when a reply is wrong
     */
    int act() throws IOException;

    @Override
    default void close() throws IOException {}
  }

  private final Recorder micros = new Recorder(TIMES_MICROS_MAX, 3);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Renewal renewal;
  private volatile boolean stopped;

  private Load(Renewal renewal) {
    this.renewal = renewal;
  }

  /**
   * Starts all clients.
   *
   * @param certificates the directory in which the server keeps its own
   */
  static Load start(WwepProcess server, Path certificates) {
    Load load = new Load(new Renewal(certificates, server.tlsPort()));
    SSLContext resumed = Trust.everybody();
    int plain = server.plainPort();
    int tls = server.tlsPort();
    load.add(20, new Board("D001", () -> Visit.plain(null, plain)));
    load.add(20, new Board("D002", () -> Visit.plain(null, plain)));
    load.add(100, new Board("D003", () -> Visit.tls(null, tls, resumed)));
    load.add(200, new Board("D004", () -> Visit.tls(null, tls, Trust.everybody())));
    load.add(20, new Session("D010", Talk.plain(plain)));
    load.add(20, new Session("D011", Talk.plain(plain)));
    load.add(20, new Session("D012", Talk.tls(tls, resumed)));
    load.add(20, new Reader("D010", Talk.plain(plain)));
    load.add(20, new Reader("D012", Talk.tls(tls, resumed)));
    load.add(100, new Vandal("D020", plain));
    load.add(10_000, load.renewal);
    load.threads.forEach(Thread::start);
    return load;
  }

  private void add(long everyMillis, Client client) {
    Thread thread = new Thread(() -> run(everyMillis, client), "soak-" + client);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private void run(long everyMillis, Client client) {
    long every = TimeUnit.MILLISECONDS.toNanos(everyMillis);
    long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(every);
    try (client) {
      while (!stopped) {
        LockSupport.parkNanos(due - System.nanoTime());
        due = Math.max(due + every, System.nanoTime() - every);
        long start = System.nanoTime();
        int answered = client.act();
        if (answered > 0) {
          long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
          micros.recordValue(Math.min(took, TIMES_MICROS_MAX));
          requests.addAndGet(answered);
        }
      }
    } catch (IOException | RuntimeException | AssertionError failed) {
      failure.compareAndSet(null, failed);
    }
  }

  /** Returns how long each act took since the last call. */
  Histogram takeMicros() {
    return micros.getIntervalHistogram();
  }

  /** Returns how many requests have been answered since the start. */
  long requests() {
    return requests.get();
  }

  /** Returns how often a renewed certificate has been shown since the start. */
  int renewals() {
    return renewal.count();
  }

  /** Throws what went wrong first, if anything did. */
  void check() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("a client of the soak failed: " + failed, failed);
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      Threads.join(thread, STOP_MILLIS_MAX);
    }
    check();
  }
}
