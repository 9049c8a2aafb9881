package io.wwep.console.api;

import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.words;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Gate;
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Schema;
import java.util.List;

/** Logging in and out. */
final class SessionApi {

  private static final String PATH = Shapes.ROOT + "/session";

  private static final Schema SESSION =
      object(
          "Session",
          member("role", nullable(words("viewer", "sender", "editor"))),
          member("csrf", nullable(text("what changing requests send as X-CSRF-Token"))),
          member("passwordNeeded", flag("whether one has to log in first")),
          member("version", text("of the server")));

  private final Gate gate;
  private final String version;

  SessionApi(Gate gate, String version) {
    this.gate = gate;
    this.version = version;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "Tells who one is.")
            .forAnybody()
            .gives(SESSION)
            .does(call -> call.reply(json(call.visitor()))),
        Endpoint.change(HttpMethod.POST, PATH, "Logs in; a cookie keeps the session.")
            .forAnybody()
            .takesBody(object("Login", member("password", text("a password, or a token"))))
            .gives(SESSION)
            .problems(401, 429)
            .does(this::login),
        Endpoint.change(HttpMethod.DELETE, PATH, "Logs out.")
            .forAnybody()
            .givesNothing(204, "Logged out.")
            .does(
                call -> {
                  gate.logout(call.context());
                  call.replyNothing(204);
                }));
  }

  private void login(Call call) {
    call.reply(json(gate.login(call.context(), call.body().getString("password"))));
  }

  private JsonObject json(Visitor visitor) {
    return new JsonObject()
        .put("role", visitor.role() == null ? null : visitor.role().word())
        .put("csrf", visitor.csrf())
        .put("passwordNeeded", gate.needsLogin(visitor))
        .put("version", version);
  }
}
