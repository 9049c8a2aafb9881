package io.wwep.client;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a socket on which a handshake takes too long. A read timeout would start anew with every
 * byte of a slow peer; this one does not.
 */
final class HandshakeGuard implements AutoCloseable {

  private final AtomicBoolean late = new AtomicBoolean();
  private final Future<?> timer;

  HandshakeGuard(Socket tcp, Duration limit) {
    timer =
        Timers.after(
            limit.toNanos(),
            () -> {
              late.set(true);
              Link.close(tcp);
            });
  }

  /** Whether the time was up, and the socket was closed for it. */
  boolean isLate() {
    return late.get();
  }

  /** The handshake is over. */
  @Override
  public void close() {
    timer.cancel(false);
  }
}
