package io.wwep.console.feed;

import io.vertx.core.buffer.Buffer;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Paths;
import java.util.ArrayList;
import java.util.List;

/** Pages of the events that are still kept, newest first. Used by the HTTP event loop alone. */
final class EventList {

  private static final int LIMIT_MAX = 1_000;
  private static final long LIMIT_DEFAULT = 100;

  static final Parameter<Long> LIMIT =
      Parameter.number("limit", "most events of a page", 1, LIMIT_MAX, LIMIT_DEFAULT);

  static final Parameter<Long> BEFORE =
      Parameter.number("before", "only events with smaller ids", 0, Long.MAX_VALUE, Long.MAX_VALUE);

  private final EventRing ring;

  EventList(EventRing ring) {
    this.ring = ring;
  }

  void answer(Call call, Filter filter) {
    int limit = call.get(LIMIT).intValue();
    List<FeedEvent> page = new ArrayList<>();
    boolean more = false;
    for (FeedEvent event : ring.before(call.get(BEFORE))) {
      if (filter.admits(event)) {
        more = page.size() == limit;
        if (more) {
          break;
        }
        page.add(event);
      }
    }
    Buffer text = Buffer.buffer("{\"events\":");
    EventText.appendArray(text, page);
    String next = more ? "\"" + next(call, page.get(limit - 1)) + "\"" : "null";
    text.appendString(",\"next\":" + next + "}");
    call.reply(200, Endpoint.JSON, text.toString());
  }

  private static String next(Call call, FeedEvent last) {
    return Paths.next(call, BEFORE).apply(Long.toString(last.id()));
  }
}
