package io.wwep.tap;

import io.wwep.client.WwepException;
import io.wwep.tap.change.FaultPlan;
import io.wwep.tap.pcapng.CaptureFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Stands between boards and a server, and tells what passes: for boards of one's own, and for
 * classes whose members agree.
 *
 * <p>Threads: {@code wwep-tap} accepts, two for each connection move its bytes, {@code
 * wwep-tap-feed} tells the listener, {@code wwep-tap-timer} ends what takes too long, {@code
 * wwep-tap-certificates} makes the first of them and ends. All are daemons. Methods may be called
 * by any thread.
 */
public final class Tap implements AutoCloseable {

  private final TapConfig config;
  private final Duration halfEndedTime;
  private final FaultPlan plan;
  private final TapFeed feed;
  private final TapCounts counts = new TapCounts();
  private final Impostor impostor;
  private final CaptureFile capture;
  private final ServerSocket port;
  private final Reception reception;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "wwep-tap-timer"));

  private Tap(TapConfig config, TapListener listener, Duration halfEndedTime) {
    this.config = config;
    this.halfEndedTime = halfEndedTime;
    plan = plan(config);
    impostor = new Impostor(config);
    port = Doors.open(config);
    try {
      capture = makeCapture();
    } catch (RuntimeException e) {
      Wire.close(port);
      throw e;
    }
    feed = new TapFeed(listener);
    reception = new Reception(this, port);
  }

  /**
   * Starts one. With TLS it looks at the server's certificate first, while boards may connect, and
   * tells in a {@link TapEvent.Notice} if it cannot.
   *
   * @param listener is told what happens, by a thread of its own
   * @throws TapException when it cannot be, with cause and cure
   */
  public static Tap start(TapConfig config, TapListener listener) {
    return start(config, listener, TapLimits.HALF_ENDED_TIME);
  }

  /** With another limit than {@link TapLimits#HALF_ENDED_TIME}. */
  static Tap start(TapConfig config, TapListener listener, Duration halfEndedTime) {
    Tap tap = new Tap(config, listener, halfEndedTime);
    if (config.tls() != null) {
      // Keys take a moment, and boards may connect meanwhile: they wait for them.
      daemon(tap::prepareCertificates, "wwep-tap-certificates").start();
    }
    daemon(tap.reception::run, "wwep-tap").start();
    return tap;
  }

  private static FaultPlan plan(TapConfig config) {
    try {
      return new FaultPlan(config.faults(), config.tls() != null);
    } catch (IllegalArgumentException e) {
      throw new TapException(e.getMessage(), e);
    }
  }

  private CaptureFile makeCapture() {
    try {
      return Recording.file(config, why -> notice(0, "capture", why));
    } catch (FileAlreadyExistsException e) {
      throw new TapException(
          "%s is there already: name another file, or delete it".formatted(config.save()), e);
    } catch (IOException e) {
      throw new TapException(
          "the capture %s cannot be made (%s): name a file in a directory that you may write to"
              .formatted(config.save(), e.getMessage()),
          e);
    }
  }

  private void prepareCertificates() {
    try {
      learn(0);
      impostor.context(Set.of());
    } catch (WwepException e) {
      notice(0, "no-server", e.getMessage() + "; the tap asks again when a board connects");
    }
  }

  /** Looks at the server's certificate where it is not known. */
  void learn(long connection) {
    String names = impostor.learn();
    if (names != null) {
      notice(
          connection,
          "certificate",
          "boards are shown a certificate for %s, as the server's is, signed by %s"
              .formatted(
                  names,
                  config.tls().authority() == null
                      ? "a CA that was made for this and that nobody knows"
                      : "the CA that was given"));
    }
  }

  // ---- for the connections

  /** A board came for whom there is no room. */
  void turnedAway(long connection, InetSocketAddress board) {
    counts.turnedAway();
    notice(
        connection,
        "limited",
        "a connection from %s was closed, since the tap takes %d at a time: end some"
            .formatted(words(board), TapLimits.CONNECTIONS_MAX));
  }

  void notice(long connection, String word, String sentence) {
    tell(new TapEvent.Notice(Instant.now(), connection, word, sentence));
  }

  void tell(TapEvent event) {
    counts.count(event);
    feed.tell(event);
  }

  TapConfig config() {
    return config;
  }

  FaultPlan plan() {
    return plan;
  }

  Impostor impostor() {
    return impostor;
  }

  CaptureFile capture() {
    return capture;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  void later(Runnable task, long millis) {
    Future<?> scheduled = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    if (scheduled.isCancelled()) {
      task.run();
    }
  }

  Duration halfEndedTime() {
    return halfEndedTime;
  }

  // ---- for everybody

  /** Returns where boards connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) port.getLocalSocketAddress();
  }

  /** Returns what it has seen so far. */
  public TapSummary summary() {
    return capture == null
        ? counts.summary(0, null)
        : counts.summary(capture.packets(), capture.failure());
  }

  /** Ends all connections, tells what is left to tell, and completes the capture. */
  @Override
  public void close() {
    reception.close();
    timer.shutdownNow();
    feed.close();
    if (capture != null) {
      capture.close();
    }
  }

  /** Returns an address as {@code 127.0.0.1:27708}, an IPv6 address in brackets. */
  public static String words(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
