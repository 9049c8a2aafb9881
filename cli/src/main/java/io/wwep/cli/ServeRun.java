package io.wwep.cli;

import io.wwep.certs.ServerIdentity;
import io.wwep.console.ConsoleConfig;
import io.wwep.console.ConsoleException;
import io.wwep.console.WwepConsole;
import io.wwep.console.api.Watched;
import io.wwep.console.http.Credentials;
import io.wwep.console.http.CredentialsException;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.server.WwepServer;
import io.wwep.server.access.Access;
import io.wwep.server.tls.TlsProfile;
import io.wwep.store.Store;
import io.wwep.store.StoreHealth;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The life of one server process: opens the identity, the store and the server in this order, waits
 * for the signal to stop, and closes in the opposite order.
 *
 * <p>{@link #run} belongs to the main thread; {@link #stopProcess} comes on a signal's thread at
 * any moment, also during the start.
 */
final class ServeRun {

  /** How the two seconds that a stop may take are spent; together less, Java's own end is slow. */
  private static final long CLOSE_MILLIS_MAX = 1_400;

  private static final long FAREWELL_MILLIS_MAX = 150;
  private static final long EXIT_MILLIS_MAX = 150;

  private final Console console;
  private final ServeOptions options;
  private final ServerConfig config;
  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Held while something is opened or closed. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile boolean stopping;
  private KeyLog keyLog;
  private Store store;
  private volatile WwepServer server;
  private Supervision supervision;
  private WwepConsole webConsole;
  private FileWatch watch;
  private ServerLog log;
  private boolean closed;
  private volatile int exitCode = ExitCode.OK;

  /**
   * @throws BadSetting when the options contradict each other
   * @throws CliException when there is nothing to serve
   */
  ServeRun(Console console, ServeOptions options) {
    this.console = console;
    this.options = options;
    config = options.serverConfig();
  }

  /**
   * Serves until a signal comes or the thread is interrupted.
   *
   * @return the exit code
   */
  int run() {
    // Whoever closes the terminal wants the server to end; a service has none, and is told so.
    StopSignals signals =
        new StopSignals(
            this::stopProcess,
            StopSignals.haveTerminal() ? this::stopProcess : this::readFilesAgain);
    try {
      open();
      ended.await();
    } catch (InterruptedException e) {
      close();
    } catch (RuntimeException | Error e) {
      if (stopping) {
        awaitExit();
      }
      throw e;
    } finally {
      signals.close();
    }
    return exitCode;
  }

  private void open() {
    changing.lock();
    try {
      if (stopping) {
        return;
      }
      boolean secure = config.tlsPort() != ServerConfig.NOT_SERVED;
      CertificateFiles certificates = new CertificateFiles(options);
      if (secure) {
        OldTls.allowRsaKeyExchange();
        certificates.prepare();
      }
      Access access = options.access.read(clock);
      Credentials credentials = credentials();
      keyLog = keyLog();
      store = options.store.open(options.data, options.fsync, options.history);
      // Only now is one made, so that a start that fails leaves no trace.
      ServerIdentity identity = secure ? certificates.identity() : null;
      if (stopping) {
        return;
      }
      server = serverOf(identity, access);
      log = ServerLog.of(console, options.log, options.quiet);
      supervision = new Supervision(server, store, controlDirectory(), System.getenv());
      List<String> notes = notes(access, identity);
      webConsole = webConsole(credentials, notes);
      String url = webConsole == null ? null : webConsole.url();
      log.started(Started.of(options, server, store, identity, access, url, notes));
      supervision.ready();
      if (!options.quiet) {
        server.feed().subscribe(log);
      }
      watch = watch(access, identity, certificates, credentials);
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    } finally {
      changing.unlock();
    }
  }

  /** Returns null where none is to be kept. */
  private KeyLog keyLog() {
    try {
      return options.keyLog == null ? null : KeyLog.append(options.keyLog, this::tell);
    } catch (KeyLogException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private WwepServer serverOf(ServerIdentity identity, Access access) {
    try {
      return WwepServer.start(config, store, identity, access, keyLog);
    } catch (KeyLogException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /** Comes on the key log's thread, behind the start. */
  private void tell(String sentence) {
    WwepServer current = server;
    if (current != null) {
      current.feed().tell(sentence);
    }
  }

  private Credentials credentials() {
    try {
      return options.console.credentials();
    } catch (CredentialsException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /** Returns null where there is to be none, or where nobody asked for the one that cannot be. */
  private WwepConsole webConsole(Credentials credentials, List<String> notes) {
    ConsoleConfig place = options.console.place(credentials);
    if (place == null) {
      return null;
    }
    try {
      WwepConsole started =
          WwepConsole.start(
              place,
              new Watched(
                  server,
                  store,
                  options.store.file(options.data),
                  Version.number(),
                  () -> Addresses.reachable(options.bind)));
      notes.addAll(started.warnings());
      return started;
    } catch (ConsoleException e) {
      if (options.console.isAskedFor()) {
        throw new CliException(e.getMessage(), e);
      }
      notes.add(e.getMessage());
      return null;
    }
  }

  private List<String> notes(Access access, ServerIdentity identity) {
    List<String> notes = new ArrayList<>(supervision.notes());
    boolean openPlain =
        config.plainPort() != ServerConfig.NOT_SERVED
            && config.readOnly() != ReadOnly.PLAIN
            && config.readOnly() != ReadOnly.ALL;
    notes.addAll(options.access.notes(access, openPlain));
    if (keyLog != null) {
      notes.add(keyLog.warning());
    }
    if (config.tlsProfile() == TlsProfile.LEGACY && identity != null) {
      if (identity.rsa() == null) {
        notes.add(
            "--tls-profile legacy is for boards that take RSA alone, and the certificate is EC: give an RSA pair with --cert and --key");
      }
      notes.add(
          "--tls-profile legacy is unsafe: who gets the server's key some day reads all that was recorded before; use it for boards that know nothing better, and only in a network of their own");
    }
    return notes;
  }

  /** Returns null where there is no file that could change. */
  private FileWatch watch(
      Access access,
      ServerIdentity identity,
      CertificateFiles certificates,
      Credentials credentials) {
    List<LiveSetting> settings = new ArrayList<>();
    if (identity != null) {
      settings.add(new LiveIdentity(server, identity, certificates::readAgain));
    }
    settings.addAll(options.access.live(new LiveRules(server, access), clock));
    if (webConsole != null && !options.console.files().isEmpty()) {
      settings.add(new LiveCredentials(options.console, webConsole, credentials, server.feed()));
    }
    return settings.isEmpty() ? null : FileWatch.start(server, settings, clock);
  }

  private Path controlDirectory() {
    return options.store.isMemory() ? null : options.data;
  }

  /** Closes everything and ends the process, within two seconds. */
  private void stopProcess() {
    stopping = true;
    Thread closer = daemon(this::close, "wwep-stop");
    try {
      released.await(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
      // Printing can take for ever, where nobody reads and the pipe is full.
      closer.join(FAREWELL_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // What was answered is on disk or with the operating system: ending by force loses nothing.
    daemon(this::haltSoon, "wwep-halt");
    System.exit(exitCode);
  }

  /** Comes on a signal's thread at any moment; during the start it waits for its end. */
  private void readFilesAgain() {
    FileWatch current;
    changing.lock();
    try {
      if (closed || server == null) {
        return;
      }
      current = watch;
    } finally {
      changing.unlock();
    }
    // Not under the lock: files on a disk that hangs must not hold up a stop.
    if (current == null) {
      server
          .feed()
          .tell(
              "there is no file to read again: no certificate, since TLS is off, no policy, and no passwords of the console");
    } else {
      current.readNow();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void haltSoon() {
    try {
      Thread.sleep(EXIT_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private void close() {
    changing.lock();
    try {
      if (!closed) {
        closed = true;
        release();
        String farewell = store == null ? "" : farewell();
        released.countDown();
        if (log != null) {
          log.stopped(farewell);
          log.close();
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** Closes what is open: first the server, which answers what has come in, then the store. */
  private void release() {
    try {
      if (webConsole != null) {
        webConsole.close();
      }
      if (watch != null) {
        watch.close();
      }
      if (supervision != null) {
        supervision.close();
      }
    } finally {
      closeServerAndStore();
    }
  }

  private void closeServerAndStore() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (keyLog != null) {
        keyLog.close();
      }
      if (store != null) {
        store.close();
      }
    }
  }

  private String farewell() {
    String counts = Counts.of(store.deviceCount(), store.registerCount());
    if (options.store.isMemory()) {
      return "stopped: %s were in memory only and are gone".formatted(counts);
    }
    StoreHealth health = store.health();
    if (!health.intact()) {
      exitCode = ExitCode.REJECTED;
      return "stopped: %s may be lost: %s".formatted(counts, health.failure());
    }
    return "stopped: %s are safe in %s".formatted(counts, store.description());
  }

  /** The signal's thread ends the process; nothing must be said about a start that it cut. */
  private void awaitExit() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
