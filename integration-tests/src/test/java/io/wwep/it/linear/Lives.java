package io.wwep.it.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The lives of a server that is killed and started again, as its clients follow them.
 *
 * <p>Thread-safe.
 */
final class Lives {

  /** One life of the server. */
  static final class Life {

    private static final int END_SECONDS_MAX = 20;

    private final int plainPort;
    private final int tlsPort;
    private final CompletableFuture<Long> end = new CompletableFuture<>();

    private Life(int plainPort, int tlsPort) {
      this.plainPort = plainPort;
      this.tlsPort = tlsPort;
    }

    int port(boolean isTls) {
      return isTls ? tlsPort : plainPort;
    }

    /**
     * Returns the moment from which on the process was gone; waits for it.
     *
     * @throws AssertionError when the server lives on, which then broke a connection by itself
     */
    long endNanos(Throwable broken) throws InterruptedException {
      try {
        return end.get(END_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException lives) {
        throw new AssertionError("a connection broke, and nobody had killed the server", broken);
      }
    }
  }

  private final List<Life> lives = new ArrayList<>();
  private boolean isOver;

  synchronized Life begin(int plainPort, int tlsPort) {
    Life life = new Life(plainPort, tlsPort);
    lives.add(life);
    notifyAll();
    return life;
  }

  /** The process of the current life has ended before now. */
  synchronized void end() {
    current().end.complete(System.nanoTime());
  }

  /** Lets the clients end, each with the replies that are due to it; returns the last life. */
  synchronized Life finish() {
    isOver = true;
    notifyAll();
    return current();
  }

  synchronized boolean isOver() {
    return isOver;
  }

  /** Returns the life that goes on, waiting for it; null when all is over. */
  synchronized Life await() throws InterruptedException {
    while (!isOver && (lives.isEmpty() || current().end.isDone())) {
      wait();
    }
    return isOver ? null : current();
  }

  private Life current() {
    return lives.get(lives.size() - 1);
  }
}
