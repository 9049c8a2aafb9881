package io.wwep.server;

import io.wwep.store.HealthListener;

/** Tells who watches the server when its store fails, and when it is well again. */
final class StorageNotices implements HealthListener {

  private final EventFeed feed;

  StorageNotices(EventFeed feed) {
    this.feed = feed;
  }

  @Override
  public void failing(String sentence) {
    feed.tell("storage fails: " + sentence);
  }

  @Override
  public void healed(String sentence) {
    feed.tell("storage is well again: " + sentence);
  }
}
