package io.wwep.console.feed;

import io.vertx.core.Vertx;
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.SharedAnswer;
import io.wwep.server.WwepServer;
import io.wwep.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What happens on a server, over HTTP: events live and of a while ago, and the boards.
 *
 * <p>Events come on the thread {@code wwep-events}; calls are answered on the HTTP event loop.
 */
public final class LiveFeed implements AutoCloseable {

  /** Whose thread makes the cards of all boards into JSON. */
  public static final String WORKER = "wwep-boards";

  private static final String ROOT = "/api/v1/";

  private static final Parameter<Long> AFTER =
      Parameter.number(
          "after",
          "of a stream: the id of the last event that is known; of what came since, 500 events are sent and the rest is counted",
          0,
          Long.MAX_VALUE,
          null);

  /** What browsers send when they connect again, with the URL of the first time. */
  private static final Parameter<Long> LAST_EVENT_ID =
      new Parameter<>(
          "Last-Event-ID",
          Parameter.Place.HEADER,
          "of a stream: the id that came last",
          AFTER.schema(),
          AFTER.parser(),
          null,
          /* required= */ false);

  private final WwepServer server;
  private final Boards model;
  private final EventHub hub;
  private final EventStream stream;
  private final EventList list;
  private final SharedAnswer boards;

  private LiveFeed(
      Vertx vertx,
      WwepServer server,
      Store store,
      Predicate<Visitor> admitted,
      BoardWitness witness) {
    InstantSource clock = InstantSource.system();
    model = new Boards(witness);
    this.server = server;
    hub = new EventHub(model);
    stream = new EventStream(vertx, hub, clock.instant(), admitted);
    list = new EventList(hub.ring());
    boards =
        new SharedAnswer(
            vertx.createSharedWorkerExecutor(WORKER, 1),
            () -> model.json(clock.instant(), store).toBuffer());
  }

  /**
   * Begins to watch a server.
   *
   * @param vertx has the event loop of HTTP
   * @param store the server's
   * @param admitted whether somebody whom the gate has let in may stay; asked on that event loop
   * @param witness told what happens to each board
   */
  public static LiveFeed open(
      Vertx vertx,
      WwepServer server,
      Store store,
      Predicate<Visitor> admitted,
      BoardWitness witness) {
    LiveFeed feed = new LiveFeed(vertx, server, store, admitted, witness);
    server.feed().subscribe(feed.hub);
    return feed;
  }

  /** Returns its endpoints. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ROOT + "transactions", "Tells what happens, live or of a while ago.")
            .takes(Filter.MEMBERS.toArray(Parameter<?>[]::new))
            .takes(EventList.LIMIT, EventList.BEFORE, AFTER, LAST_EVENT_ID)
            .gives(FeedShapes.EVENTS)
            .givesToo(EventStream.TYPE, FeedShapes.STREAM)
            .problems(503)
            .does(this::transactions),
        Endpoint.get(ROOT + "boards", "Tells what becomes of each board.")
            .gives(FeedShapes.BOARDS)
            .does(boards::answer));
  }

  private void transactions(Call call) {
    Filter filter = Filter.of(call);
    if (call.type().equals(EventStream.TYPE)) {
      Long last = call.get(LAST_EVENT_ID);
      Long after = last == null ? call.get(AFTER) : last;
      stream.open(call, filter, after == null ? EventStream.FROM_NOW : after);
    } else {
      list.answer(call, filter);
    }
  }

  /** Returns what keeps boards from going on, by device; those that go on are not in it. */
  public Map<Integer, String> troubles() {
    return model.troubles();
  }

  /** Whether events were left out, so that something may not have been seen. */
  public boolean isSampled() {
    return model.isSampled();
  }

  /** Watches no longer. */
  @Override
  public void close() {
    server.feed().unsubscribe(hub);
  }
}
