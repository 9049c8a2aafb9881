package io.wwep.console.feed;

import io.vertx.core.json.JsonObject;
import io.wwep.console.ConsoleConfig;
import io.wwep.console.WwepConsole;
import io.wwep.console.api.Watched;
import io.wwep.testkit.TestServer;
import java.util.function.Predicate;

/** Consoles of servers in a test's own process, on free ports. */
final class Consoles {

  private Consoles() {}

  /** Starts one that nobody has to log in to. */
  static WwepConsole of(TestServer server) {
    return WwepConsole.start(
        new ConsoleConfig("127.0.0.1", 0),
        new Watched(server.server(), server.store(), null, "test"));
  }

  /** Returns what tells the event of a request. */
  static Predicate<JsonObject> isRequest(String request) {
    return event -> request.equals(event.getString("request"));
  }
}
