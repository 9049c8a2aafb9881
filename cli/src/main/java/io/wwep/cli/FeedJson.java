package io.wwep.cli;

import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.Probe;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads events as the console of a server sends them. */
final class FeedJson {

  private FeedJson() {}

  /**
   * Returns the events of an array; those of kinds that are not known here are left out.
   *
   * @throws IllegalArgumentException when it is none
   */
  static List<ServerEvent> events(String text) {
    List<ServerEvent> events = new ArrayList<>();
    for (Object each : JsonReader.array(text)) {
      ServerEvent event = event((Map<?, ?>) each);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  private static ServerEvent event(Map<?, ?> object) {
    try {
      Instant time = Instant.parse(text(object, "time"));
      return switch (text(object, "kind")) {
        case "transaction" -> transaction(time, object);
        case "notice" ->
            new ServerEvent.Notice(
                time, door(object), text(object, "peer"), text(object, "sentence"));
        case "probe" -> probe(time, object);
        case "server" -> new ServerEvent.OwnNotice(time, text(object, "sentence"));
        default -> null;
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + e.getMessage(), e);
    }
  }

  private static ServerEvent transaction(Instant time, Map<?, ?> object) {
    return new ServerEvent.Transaction(
        time,
        door(object),
        text(object, "peer"),
        (String) object.get("tls"),
        (String) object.get("certificate"),
        text(object, "request"),
        text(object, "reply"),
        rejection(object));
  }

  private static ServerEvent probe(Instant time, Map<?, ?> object) {
    return new ServerEvent.Probed(
        time,
        door(object),
        text(object, "peer"),
        Integer.parseInt(text(object, "device"), 16),
        Probe.Outcome.valueOf(text(object, "outcome").toUpperCase(Locale.ROOT)),
        text(object, "sentence"));
  }

  private static Rejection rejection(Map<?, ?> object) {
    if (!(object.get("code") instanceof String word)) {
      return null;
    }
    for (RejectCode code : RejectCode.values()) {
      if (code.word().equals(word)) {
        int wrongByte =
            object.get("wrongByte") instanceof Long index ? index.intValue() : Rejection.NO_BYTE;
        return new Rejection(code, text(object, "sentence"), text(object, "request"), wrongByte);
      }
    }
    throw new IllegalArgumentException("no code: " + word);
  }

  private static Door door(Map<?, ?> object) {
    return Door.valueOf(text(object, "door").toUpperCase(Locale.ROOT));
  }

  private static String text(Map<?, ?> object, String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("an event without " + name);
  }
}
