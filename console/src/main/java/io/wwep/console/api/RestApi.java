package io.wwep.console.api;

import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Gate;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.OpenApi;
import io.wwep.console.rest.Schema;
import java.util.ArrayList;
import java.util.List;

/** All endpoints of the REST API but those of others, and the document that describes them all. */
public final class RestApi {

  private RestApi() {}

  /**
   * Returns the endpoints.
   *
   * @param others endpoints of other parts of the console
   */
  public static List<Endpoint> endpoints(Subject subject, Gate gate, List<Endpoint> others) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new SessionApi(gate, subject.version()).endpoints());
    Permit permit = new Permit(subject.server().desk());
    DevicesApi devices = new DevicesApi(subject.store(), permit);
    Writes writes = new Writes(subject.server().desk());
    all.addAll(devices.endpoints());
    all.addAll(new RegistersApi(subject.store(), devices, permit, writes).endpoints());
    all.addAll(others);
    all.add(document(subject.version(), all));
    return List.copyOf(all);
  }

  private static Endpoint document(String version, List<Endpoint> all) {
    JsonObject[] made = new JsonObject[1];
    return Endpoint.get(Shapes.ROOT + "/openapi.json", "Describes all of this.")
        .gives(new Schema.Any("a document of OpenAPI 3.1"))
        .does(
            call -> {
              if (made[0] == null) {
                made[0] = OpenApi.document(version, all);
              }
              call.reply(made[0]);
            });
  }
}
