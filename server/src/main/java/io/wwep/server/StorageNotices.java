package io.wwep.server;

import io.wwep.store.HealthListener;
import java.time.Instant;

/** Tells who watches the server when its store fails, and when it is well again. */
final class StorageNotices implements HealthListener {

  private final EventFeed feed;

  StorageNotices(EventFeed feed) {
    this.feed = feed;
  }

  @Override
  public void failing(String sentence) {
    publish("storage fails: " + sentence);
  }

  @Override
  public void healed(String sentence) {
    publish("storage is well again: " + sentence);
  }

  private void publish(String sentence) {
    if (feed.isWatched()) {
      feed.publish(new ServerEvent.Notice(Instant.now(), false, "-", sentence));
    }
  }
}
