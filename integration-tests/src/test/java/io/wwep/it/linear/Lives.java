package io.wwep.it.linear;

import java.io.IOException;
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
    private volatile boolean isBeingKilled;

    private Life(int plainPort, int tlsPort) {
      this.plainPort = plainPort;
      this.tlsPort = tlsPort;
    }

    int port(boolean isTls) {
      return isTls ? tlsPort : plainPort;
    }

    /**
     * Waits until the process is gone, and returns a moment after that.
     *
     * @param broken how a connection ended
     * @throws AssertionError when nobody was killing the server, which broke it by itself
     */
    long endNanos(IOException broken) throws InterruptedException {
      if (!isBeingKilled) {
        throw new AssertionError("a connection broke, and nobody had killed the server", broken);
      }
      try {
        return end.get(END_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException alive) {
        throw new AssertionError("the server survives its kill", alive);
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

  /** From now on connections may break. */
  synchronized void expectEnd() {
    current().isBeingKilled = true;
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
