package io.wwep.cli;

import io.wwep.server.ServerStatus;
import io.wwep.server.WwepServer;
import io.wwep.server.control.ControlSocket;
import io.wwep.server.control.ServiceManager;
import io.wwep.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the machine look at a running server: {@code wwep status} through the socket in the data
 * directory, and systemd, where it started the server.
 *
 * <p>Opened by the main thread and closed by the one that stops. The thread {@code wwep-watchdog}
 * tells systemd in each interval that the server lives, if its threads turn. That the disk is full
 * does not keep it from doing so: another process would have no more room, and readers no server.
 */
final class Supervision implements AutoCloseable {

  private static final long RETRY_MILLIS = 1000;

  private final WwepServer server;
  private final List<String> notes = new ArrayList<>();
  private final ControlSocket socket;

  /** Null where no service manager listens. */
  private final ServiceManager manager;

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param directory where the socket is to be; null for a server that keeps nothing there
   */
  Supervision(WwepServer server, Store store, Path directory, Map<String, String> environment) {
    this.server = server;
    socket = directory == null ? null : socket(server, store, directory);
    manager = ServiceManager.isListening(environment) ? ServiceManager.of(environment) : null;
    if (manager != null && manager.problem() != null) {
      notes.add(
          "systemd cannot be told that the server is ready (%s): say Type=exec in the unit, and leave out WatchdogSec"
              .formatted(manager.problem()));
    }
  }

  private ControlSocket socket(WwepServer server, Store store, Path directory) {
    try {
      return ControlSocket.open(directory, () -> StatusJson.of(server, store).toString());
    } catch (IOException | RuntimeException e) {
      notes.add(
          "'%s status' cannot ask this server through %s (%s): ask it by HOST, or give it a --data directory of its own"
              .formatted(CommandName.TEXT, directory, e.getMessage()));
      return null;
    }
  }

  /** Returns what does not work, as sentences with the cure. */
  List<String> notes() {
    return notes;
  }

  /** The server listens, and has said so. */
  void ready() {
    if (manager == null) {
      return;
    }
    manager.ready(words(server.status()));
    if (!manager.watchdogInterval().isZero()) {
      Thread watchdog = new Thread(this::watch, "wwep-watchdog");
      watchdog.setDaemon(true);
      watchdog.start();
    }
  }

  private static String words(ServerStatus status) {
    if (!status.isAlive()) {
      return status.stuck().get(0);
    }
    return status.store().isDurable()
        ? "serving"
        : "writes fail since %s: %s"
            .formatted(status.store().failingSince(), status.store().failure());
  }

  private void watch() {
    try {
      beat();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() throws InterruptedException {
    long millis = Math.max(1, manager.watchdogInterval().toMillis());
    String told = "";
    boolean alive;
    do {
      ServerStatus status = server.status();
      String words = words(status);
      if (!words.equals(told)) {
        manager.status(words);
        told = words;
      }
      alive = status.isAlive();
      if (alive) {
        manager.alive();
      }
      // What has been late once may be well again long before the time is over.
    } while (!closed.await(alive ? millis : Math.min(millis, RETRY_MILLIS), TimeUnit.MILLISECONDS));
  }

  /** The server stops: there is nothing to look at any more. */
  @Override
  public void close() {
    closed.countDown();
    if (manager != null) {
      manager.stopping();
    }
    if (socket != null) {
      socket.close();
    }
  }
}
