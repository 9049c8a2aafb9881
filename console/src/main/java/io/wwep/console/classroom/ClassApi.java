package io.wwep.console.classroom;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.LiveFeed;
import io.wwep.console.http.Problem;
import io.wwep.console.http.ProblemException;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.SharedAnswer;
import io.wwep.console.rest.Times;
import java.time.InstantSource;
import java.util.List;

/** The class over HTTP. Used by the HTTP event loop alone. */
final class ClassApi {

  private static final String ROOT = "/api/v1/class";
  private static final String DEVICE = ROOT + "/devices/{device}";

  private final Roll roll;
  private final Keeper keeper;
  private final ProbeDesk probes;
  private final LiveFeed feed;
  private final InstantSource clock;
  private final SharedAnswer all;

  ClassApi(
      Roll roll,
      Keeper keeper,
      ProbeDesk probes,
      LiveFeed feed,
      InstantSource clock,
      WorkerExecutor worker) {
    this.roll = roll;
    this.keeper = keeper;
    this.probes = probes;
    this.feed = feed;
    this.clock = clock;
    all = new SharedAnswer(worker, () -> json().toBuffer());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ROOT, "Tells how far each device is with the exercises.")
            .gives(ClassShapes.CLASS)
            .does(all::answer),
        Endpoint.get(DEVICE, "Tells how far one device is.")
            .takes(ClassShapes.DEVICE)
            .gives(ClassShapes.PARTICIPANT)
            .does(this::device),
        Endpoint.change(HttpMethod.PUT, DEVICE + "/name", "Names a device.")
            .takes(ClassShapes.DEVICE)
            .takesBody(ClassShapes.NAME)
            .gives(ClassShapes.PARTICIPANT)
            .does(this::name),
        Endpoint.change(HttpMethod.DELETE, DEVICE + "/name", "Takes a device's name away.")
            .takes(ClassShapes.DEVICE)
            .givesNothing(204, "It has no name.")
            .does(call -> change(call, device -> roll.unname(device))),
        Endpoint.change(
                HttpMethod.POST,
                DEVICE + "/results",
                "Keeps what a check of its author's server has found.")
            .takes(ClassShapes.DEVICE)
            .takesBody(ClassShapes.RESULT)
            .gives(ClassShapes.PARTICIPANT)
            .does(this::result),
        Endpoint.change(
                HttpMethod.POST,
                DEVICE + "/probe",
                "Shows its next TLS connection a wrong certificate, to see whether it hangs up.")
            .takes(ClassShapes.DEVICE)
            .takesBody(ClassShapes.PROBE)
            .gives(202, "The probe waits for it, for two minutes at most.", ClassShapes.PARTICIPANT)
            .problems(409)
            .does(this::probe),
        Endpoint.change(HttpMethod.DELETE, DEVICE + "/probe", "Calls its probe off.")
            .takes(ClassShapes.DEVICE)
            .givesNothing(204, "It waits no longer.")
            .problems(409)
            .does(this::callOff),
        Endpoint.change(HttpMethod.POST, DEVICE + "/reset", "Has a device start over.")
            .takes(ClassShapes.DEVICE)
            .givesNothing(204, "Its exercises are open; it keeps its name.")
            .does(call -> change(call, roll::startOver)),
        Endpoint.change(HttpMethod.POST, ROOT + "/reset", "Has the whole class start over.")
            .givesNothing(204, "All exercises are open; devices keep their names.")
            .does(
                call -> {
                  roll.startOver();
                  all.renew();
                  call.replyNothing(204);
                }));
  }

  private JsonObject json() {
    // First what boards are stuck at: its lock is never taken under that of the roll.
    var troubles = feed.troubles();
    return new JsonObject()
        .put("time", Times.text(clock.instant()))
        .put("sampled", feed.isSampled())
        .put("trouble", keeper.trouble())
        .put("devices", roll.json(troubles));
  }

  private interface Change {
    void of(int device);
  }

  private void change(Call call, Change change) {
    change.of(call.get(ClassShapes.DEVICE));
    all.renew();
    call.replyNothing(204);
  }

  private void device(Call call) {
    int device = call.get(ClassShapes.DEVICE);
    JsonObject json = roll.json(device, feed.troubles());
    if (json == null) {
      throw Problem.notFound(
              "device %s has not come yet, and has no name: look at the ID that it sends"
                  .formatted(Ids.device(device)))
          .exception();
    }
    call.reply(json);
  }

  private void name(Call call) {
    String name = Names.checked(call.body().getString("name"));
    roll.change(call.get(ClassShapes.DEVICE), device -> device.name(name));
    all.renew();
    device(call);
  }

  private void result(Call call) {
    JsonObject body = call.body();
    roll.change(
        call.get(ClassShapes.DEVICE),
        device ->
            device.checked(
                Exercise.of(body.getString("exercise")),
                body.getBoolean("passed"),
                body.getString("sentence"),
                clock.instant()));
    all.renew();
    device(call);
  }

  private void probe(Call call) {
    int device = call.get(ClassShapes.DEVICE);
    JsonObject body = call.body();
    probes.start(
        device,
        body.getString("address"),
        body.getBoolean("force", false),
        failure -> {
          all.renew();
          if (failure == null) {
            call.reply(202, roll.json(device, feed.troubles()));
          } else if (failure instanceof ProblemException refused) {
            call.fail(refused.problem());
          } else {
            call.fail(failure);
          }
        });
  }

  private void callOff(Call call) {
    int device = call.get(ClassShapes.DEVICE);
    if (!probes.cancel(device)) {
      throw Problem.notNow(
              "no probe of %s is under way: there is nothing to call off"
                  .formatted(Ids.device(device)))
          .exception();
    }
    all.renew();
    call.replyNothing(204);
  }
}
