package io.wwep.console.api;

import io.wwep.server.EventFeed;
import io.wwep.server.ServerEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Hands over what the server tells of certain peers: why it answered {@code X}. Any thread may ask;
 * answers come on the feed's thread.
 */
final class Explanations implements EventFeed.Listener {

  private final Map<String, Consumer<ServerEvent.Transaction>> wanted = new ConcurrentHashMap<>();

  /**
   * Waits for rejections of a peer.
   *
   * @param peer as {@code address:port}
   */
  void want(String peer, Consumer<ServerEvent.Transaction> taker) {
    wanted.put(peer, taker);
  }

  void forget(String peer) {
    wanted.remove(peer);
  }

  @Override
  public void event(ServerEvent event) {
    if (wanted.isEmpty()
        || !(event instanceof ServerEvent.Transaction transaction)
        || transaction.rejection() == null) {
      return;
    }
    Consumer<ServerEvent.Transaction> taker = wanted.get(transaction.peer());
    if (taker != null) {
      taker.accept(transaction);
    }
  }

  @Override
  public void dropped(long count) {
    // What was left out is explained by the bytes alone.
  }
}
