package io.wwep.console.api;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Gate;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.OpenApi;
import io.wwep.console.rest.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The REST API but for what other parts of the console add, and the document that describes them
 * all. Made by any thread, used by the HTTP event loop, and closed by any thread.
 */
public final class RestApi implements AutoCloseable {

  private final Vertx vertx;
  private final Watched watched;
  private final Gate gate;
  private final Explanations explanations = new Explanations();
  private final HistorySource history;
  private final Workers historians;

  /**
   * @param vertx has the event loop and the workers
   */
  public RestApi(Vertx vertx, Watched watched, Gate gate) {
    this.vertx = vertx;
    this.watched = watched;
    this.gate = gate;
    watched.server().feed().subscribe(explanations);
    history = new HistorySource(watched.history());
    historians = Workers.ofHistory(vertx);
  }

  /**
   * Returns the endpoints, those of others too.
   *
   * @param others endpoints of other parts of the console
   */
  public List<Endpoint> endpoints(List<Endpoint> others) {
    Permit permit = new Permit(watched.server().desk());
    Writes writes = new Writes(watched.server().desk());
    DevicesApi devices = new DevicesApi(watched.store(), permit);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new SessionApi(gate, watched.version()).endpoints());
    all.addAll(devices.endpoints());
    all.addAll(new RegistersApi(watched.store(), devices, permit, writes).endpoints());
    all.addAll(new HistoryApi(history, historians, permit).endpoints());
    all.addAll(new SeriesApi(history, historians, permit).endpoints());
    all.addAll(new PastApi(history, historians, permit).endpoints());
    all.addAll(new ServerApi(watched, Workers.ofServer(vertx)).endpoints());
    all.addAll(new SendApi(vertx, watched.server(), explanations, permit).endpoints());
    all.addAll(others);
    all.add(document(all));
    return List.copyOf(all);
  }

  private Endpoint document(List<Endpoint> all) {
    JsonObject[] made = new JsonObject[1];
    return Endpoint.get(Shapes.ROOT + "/openapi.json", "Describes all of this.")
        .gives(new Schema.Any("a document of OpenAPI 3.1"))
        .does(
            call -> {
              if (made[0] == null) {
                made[0] = OpenApi.document(watched.version(), all);
              }
              call.reply(made[0]);
            });
  }

  /** Waits for what is being read. */
  @Override
  public void close() {
    watched.server().feed().unsubscribe(explanations);
    history.close();
  }
}
