package io.wwep.console.api;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import io.wwep.store.Origin;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.RegisterState;

/** How writes and states of the past stand in JSON. */
final class Past {

  private static final String CONSOLE_MARK = " (console)";

  private Past() {}

  static JsonObject json(HistoryEntry write) {
    JsonObject json =
        new JsonObject().put("number", write.number()).put("time", Times.text(write.timeMillis()));
    return json.mergeIn(Shapes.register(write.address(), write.value()))
        .put("peer", peer(write.origin()))
        .put("door", door(write.origin()));
  }

  /** Writes through the console are told from those over the ports by a mark behind the address. */
  static String door(Origin origin) {
    return origin.address().endsWith(CONSOLE_MARK) ? "console" : origin.secure() ? "tls" : "plain";
  }

  static String peer(Origin origin) {
    String address = origin.address();
    return address.endsWith(CONSOLE_MARK)
        ? address.substring(0, address.length() - CONSOLE_MARK.length())
        : address;
  }

  /** Returns the value; null where there is none, or it is not known. */
  static Integer value(RegisterState state) {
    return state.value().isPresent() ? (Integer) state.value().getAsInt() : null;
  }
}
