package io.wwep.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The raw exchanges that run on one client, so that they end with it. Thread-safe. */
final class Exchanges {

  private final Settings settings;
  private final Set<RawExchanger> running = new HashSet<>();
  private boolean closed;

  Exchanges(Settings settings) {
    this.settings = settings;
  }

  /**
   * Runs one to its end.
   *
   * @throws IllegalStateException when the client is closed
   * @throws WwepException when there is no connection, or the exchange was ended from this side
   */
  RawExchange run(byte[] bytes, int replies) {
    RawExchanger exchanger = new RawExchanger(settings, bytes, replies);
    enter(exchanger);
    try {
      return exchanger.run();
    } finally {
      leave(exchanger);
    }
  }

  /** Ends those that run, and lets no more begin. */
  void close() {
    ending().forEach(RawExchanger::close);
  }

  private synchronized List<RawExchanger> ending() {
    closed = true;
    return List.copyOf(running);
  }

  private synchronized void enter(RawExchanger exchanger) {
    if (closed) {
      throw new Failures(settings).alreadyClosed();
    }
    running.add(exchanger);
  }

  private synchronized void leave(RawExchanger exchanger) {
    running.remove(exchanger);
  }
}
