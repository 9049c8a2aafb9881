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

  /** Returns the log that the options ask for. */
  static ServerLog of(Console console, ServeOptions options) {
    return options.log == LogFormat.JSON
        ? new JsonLog(console)
        : new TextLog(console, options.quiet);
  }
}
