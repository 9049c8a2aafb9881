package io.wwep.tap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes the connections of boards, as many as there is room for, until it is closed. */
final class Reception implements AutoCloseable {

  private final Tap tap;
  private final ServerSocket port;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  Reception(Tap tap, ServerSocket port) {
    this.tap = tap;
    this.port = port;
  }

  /** Takes them until it is closed; the caller's thread is its own. */
  void run() {
    long next = 1;
    while (closing.getCount() > 0) {
      try {
        admit(port.accept(), next++);
      } catch (IOException e) {
        if (port.isClosed()) {
          return;
        }
        tap.notice(0, "accept", "a connection could not be taken (%s)".formatted(e.getMessage()));
        pause(TapLimits.FAREWELL_MILLIS);
      }
    }
  }

  private void admit(Socket socket, long id) {
    if (sessions.size() >= TapLimits.CONNECTIONS_MAX) {
      tap.turnedAway(id, (InetSocketAddress) socket.getRemoteSocketAddress());
      Wire.close(socket);
      return;
    }
    Session session = new Session(tap, id, socket);
    sessions.add(session);
    if (closing.getCount() == 0) {
      session.close(); // the tap has ended the others already
    }
    Tap.daemon(() -> live(session), "wwep-tap-down-" + id).start();
  }

  private void live(Session session) {
    try {
      session.run();
    } finally {
      sessions.remove(session);
    }
  }

  /** Waits, unless the tap ends meanwhile. */
  private void pause(long millis) {
    try {
      closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the port, and ends all connections; waits a little for what they have to tell. */
  @Override
  public void close() {
    closing.countDown();
    Wire.close(port);
    sessions.forEach(Session::close);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TapLimits.CLOSE_MILLIS);
    while (!sessions.isEmpty() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
  }
}
