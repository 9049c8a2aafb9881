package io.wwep.console.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import java.time.Instant;
import java.util.List;

/** What goes to a reader of Server-Sent Events, as the HTML standard has it. */
final class EventText {

  /** Keeps a connection from being taken for a dead one; not for the page. */
  static final Buffer PING = Buffer.buffer(": ping\n\n");

  private static final int EVENT_BYTES = 320;
  private static final byte[] END = {'\n', '\n'};

  private EventText() {}

  /** Returns the first words: which life of the numbers this is. */
  static Buffer hello(Instant start) {
    return Buffer.buffer("event: hello\ndata: ")
        .appendBuffer(new JsonObject().put("start", Times.text(start)).toBuffer())
        .appendBytes(END);
  }

  /**
   * Returns events, and how many are missing, as far as there is something of both.
   *
   * @param id where a reader goes on who has read this
   * @return null when there is nothing to say
   */
  static Buffer of(List<FeedEvent> events, long id, long missing) {
    if (events.isEmpty() && missing == 0) {
      return null;
    }
    Buffer text = Buffer.buffer(events.size() * EVENT_BYTES + EVENT_BYTES);
    if (missing > 0) {
      text.appendString("event: dropped\ndata: {\"count\":" + missing + "}\n\n");
    }
    if (!events.isEmpty()) {
      text.appendString("event: events\nid: " + id + "\ndata: ");
      appendArray(text, events);
      text.appendBytes(END);
    }
    return text;
  }

  /** Appends events as a JSON array. */
  static void appendArray(Buffer text, List<FeedEvent> events) {
    char before = '[';
    for (FeedEvent event : events) {
      text.appendByte((byte) before).appendBytes(event.bytes());
      before = ',';
    }
    text.appendString(events.isEmpty() ? "[]" : "]");
  }
}
