package io.wwep.testkit;

import io.wwep.certs.Identities;
import io.wwep.certs.ServerIdentity;
import io.wwep.server.EventFeed;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerEvent;
import io.wwep.server.WwepServer;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A real WWEP server within the test's own process: on free ports of all interfaces, plain and TLS,
 * with registers that live in memory unless a store is given.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.start()) {
 *   // connect to 127.0.0.1, server.plainPort() or server.tlsPort()
 * }
 * }</pre>
 *
 * <p>Its TLS identity is self-signed, made once for each process, and names localhost and the
 * addresses of this machine. All methods may be called from any thread.
 */
public final class TestServer implements AutoCloseable {

  private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

  private final Store store;
  private final WwepServer server;
  private final List<ServerEvent> events = new CopyOnWriteArrayList<>();

  private TestServer(Store store, WwepServer server) {
    this.store = store;
    this.server = server;
    server.feed().subscribe(new Recorder());
  }

  /** Starts a server as it is without options, on free ports. */
  public static TestServer start() {
    return start(UnaryOperator.identity());
  }

  /**
   * Starts a server that is configured differently.
   *
   * @param change gets the configuration of {@link #start()} and returns the one to use
   */
  public static TestServer start(UnaryOperator<ServerConfig> change) {
    return start(change, new MemoryStore());
  }

  /**
   * Starts a server on a store of the test's choice.
   *
   * @param store closed together with the server
   */
  public static TestServer start(UnaryOperator<ServerConfig> change, Store store) {
    ServerConfig config = change.apply(ServerConfig.onFreePorts());
    return new TestServer(store, WwepServer.start(config, store, Identity.HERE.identity));
  }

  /** Returns the port of the plain protocol. */
  public int plainPort() {
    return server.plainPort();
  }

  /** Returns the port of the protocol over TLS. */
  public int tlsPort() {
    return server.tlsPort();
  }

  /** Returns the registers behind the server. */
  public Store store() {
    return store;
  }

  /** Returns the server itself. */
  public WwepServer server() {
    return server;
  }

  /**
   * Returns a PEM file with the certificates that clients have to trust: EC and RSA, each its own
   * authority.
   */
  public Path caFile() {
    return Identity.HERE.caFile;
  }

  /** Returns the server's TLS identity. */
  public ServerIdentity identity() {
    return Identity.HERE.identity;
  }

  /** Returns what has happened so far, oldest first. */
  public List<ServerEvent> events() {
    return List.copyOf(events);
  }

  /**
   * Waits for an event.
   *
   * @param wanted tells the event that is waited for
   * @return the first such event since the start
   * @throws TimeoutException when there is none within the time; the message lists what there was
   */
  public ServerEvent awaitEvent(Predicate<ServerEvent> wanted, Duration timeout)
      throws TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      for (ServerEvent event : events) {
        if (wanted.test(event)) {
          return event;
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("no such event within " + timeout + " among " + events);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Closes the server, then its store. */
  @Override
  public void close() {
    server.close();
    store.close();
  }

  private final class Recorder implements EventFeed.Listener {

    @Override
    public void event(ServerEvent event) {
      events.add(event);
    }

    @Override
    public void dropped(long count) {
      // Under load the recorder sees a sample, as the console does.
    }
  }

  /** The identity of this process, made when the first server starts. */
  private static final class Identity {

    private static final Identity HERE = new Identity();

    private final ServerIdentity identity;
    private final Path caFile;

    private Identity() {
      try {
        Path directory = Files.createTempDirectory("wwep-testkit");
        Object writing = new Object();
        synchronized (writing) { // who ends the process meanwhile waits, and leaves no key behind
          Runtime.getRuntime().addShutdownHook(cleaner(directory, writing));
          identity = Identities.loadOrCreate(directory, Clock.systemUTC());
          caFile = Files.createFile(directory.resolve("ca.pem"));
          for (Path certificate : identity.certificateFiles()) {
            Files.write(caFile, Files.readAllBytes(certificate), StandardOpenOption.APPEND);
          }
        }
      } catch (IOException failed) {
        throw new UncheckedIOException("no temporary directory for the TLS identity", failed);
      }
    }

    private static Thread cleaner(Path directory, Object writing) {
      return new Thread(
          () -> {
            synchronized (writing) {
              delete(directory);
            }
          },
          "testkit-cleaner");
    }

    private static void delete(Path directory) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      } catch (IOException failed) {
        // The system empties its folder of temporary files.
      }
    }
  }
}
