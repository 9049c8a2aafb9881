package io.wwep.fuzz;

import io.wwep.fuzz.model.ConnectionModel;
import io.wwep.fuzz.model.ConnectionModel.Options;
import io.wwep.fuzz.model.Event;
import io.wwep.server.DrivenConnection;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.server.Timeouts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Holds a server's connection against {@link ConnectionModel}, event by event. */
final class ConnectionCheck {

  /** Beyond all timeouts, one after the other, and the server's patience with a slow peer. */
  private static final int ALL_TIMEOUTS_MILLIS = 10_000;

  private static final Timeouts TIMEOUTS =
      new Timeouts(
          ConnectionModel.FRAME_MILLIS,
          ConnectionModel.LINGER_MILLIS,
          ConnectionModel.IDLE_MILLIS,
          ConnectionModel.FIRST_BYTE_MILLIS,
          1,
          Timeouts.DEFAULT.sendMillis());

  private final ConnectionModel model;
  private final DrivenConnection connection;
  private boolean aborted;

  private ConnectionCheck(Options options) {
    model = new ConnectionModel(options);
    connection = new DrivenConnection(config(options), options.secure(), options.watched());
  }

  private static ServerConfig config(Options options) {
    return ServerConfig.onFreePorts()
        .withTimeouts(TIMEOUTS)
        .withOneShot(options.oneShot())
        .withExplain(options.explain())
        .withReadOnly(options.readOnly() ? ReadOnly.ALL : ReadOnly.NONE);
  }

  /**
   * @param input the server's options in its first byte, then events
   * @throws AssertionError when the connection does something else than the model
   */
  static void check(byte[] input, PlantedFault fault) {
    if (input.length > 0) {
      List<Event> events = Event.parse(Arrays.copyOfRange(input, 1, input.length));
      new ConnectionCheck(Options.of(input[0])).run(events, fault);
    }
  }

  private void run(List<Event> events, PlantedFault fault) {
    if (fault == PlantedFault.NONE) {
      for (Event event : events) {
        model.take(event);
        play(event);
        compare(event);
      }
    } else {
      // One event of the model may be none or two of a server that is mistaken.
      events.forEach(model::take);
      fault.apply(events).forEach(this::play);
    }
    Event release = new Event.Release();
    model.take(release);
    play(release);
    compare(release);
    connection.end(ALL_TIMEOUTS_MILLIS);
    model.take(new Event.Pause(ALL_TIMEOUTS_MILLIS / Event.PAUSE_STEP_MILLIS));
    compare(new Event.Pause(ALL_TIMEOUTS_MILLIS / Event.PAUSE_STEP_MILLIS));
  }

  private void play(Event event) {
    if (event instanceof Event.Read read) {
      connection.read(read.bytes().getBytes(StandardCharsets.ISO_8859_1), read.last());
    } else if (event instanceof Event.Pause pause) {
      connection.pause(pause.steps() * Event.PAUSE_STEP_MILLIS);
    } else if (event instanceof Event.HalfClose) {
      connection.halfClose();
    } else if (event instanceof Event.Abort) {
      aborted = true;
      connection.abort();
    } else if (event instanceof Event.Hold) {
      connection.hold();
    } else {
      connection.release();
    }
  }

  private void compare(Event event) {
    if (event instanceof Event.Read read && !read.last()) {
      return; // the replies wait for the end of the read
    }
    require(event, "replies", model.replies(), connection.replies());
    require(event, "end", model.hasEnded() || aborted, connection.hasEnded());
    if (event instanceof Event.Release || event instanceof Event.Pause) {
      require(event, "stored", model.written(), connection.written());
    }
  }

  private static void require(Event event, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "%s after %s: by PROTOCOL.md %s, server %s".formatted(what, event, expected, actual));
    }
  }
}
