package io.wwep.cli;

import io.wwep.server.EventFeed;

/** What a server prints about its life. Called by the feed's thread, and by the one that stops. */
interface ServerLog extends EventFeed.Listener, AutoCloseable {

  /** The server listens. */
  void started(Started started);

  /** The server is down; the sentence says what became of the registers. */
  void stopped(String sentence);

  /** Prints what is left. */
  @Override
  void close();

  /**
   * Returns a log of a format.
   *
   * @param quiet of what people read, only the essentials of the start
   */
  static ServerLog of(Console console, LogFormat format, boolean quiet) {
    return format == LogFormat.JSON ? new JsonLog(console) : new TextLog(console, quiet);
  }
}
