package io.wwep.console.api;

import static io.wwep.console.rest.Schema.entries;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.optional;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Single registers, and several of one device at a time. */
final class RegistersApi {

  private static final int REGISTERS_MAX = RegisterId.REGISTER_MAX + 1;

  private static final Parameter<String> IF_MATCH =
      Parameter.header(
          "If-Match", "only if the register has this value", Schema.text("as in \"1234\""));

  private static final Parameter<String> IF_NONE_MATCH =
      Parameter.header(
          "If-None-Match",
          "* to write only what is unwritten; a value that one has, to read only another",
          Schema.text("as in \"1234\""));

  private static final Schema WRITE = object("Write", member("value", Shapes.VALUE));

  private static final Schema CHANGES =
      object(
          "Writes",
          member("registers", entries(Shapes.REGISTER, Shapes.VALUE, REGISTERS_MAX)),
          optional("expected", entries(Shapes.REGISTER, nullable(Shapes.VALUE), REGISTERS_MAX)));

  private final Store store;
  private final DevicesApi devices;
  private final Permit permit;
  private final Writes writes;

  RegistersApi(Store store, DevicesApi devices, Permit permit, Writes writes) {
    this.store = store;
    this.devices = devices;
    this.permit = permit;
    this.writes = writes;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.REGISTER_PATH, "Gives the value of a register.")
            .takes(Shapes.DEVICE, Shapes.REGISTER_OF_PATH, IF_NONE_MATCH)
            .gives(Shapes.REGISTER_OBJECT)
            .givesNothing(304, "It is still what If-None-Match says.")
            .problems(403, 404)
            .does(this::read),
        Endpoint.change(HttpMethod.PUT, Shapes.REGISTER_PATH, "Writes a register.")
            .takes(Shapes.DEVICE, Shapes.REGISTER_OF_PATH, IF_MATCH, IF_NONE_MATCH)
            .takesBody(WRITE)
            .gives(200, "Written, and on disk.", Shapes.REGISTER_OBJECT)
            .gives(201, "Written for the first time, and on disk.", Shapes.REGISTER_OBJECT)
            .problems(403, 412, 429, 503)
            .does(this::write),
        Endpoint.change(
                HttpMethod.PATCH,
                Shapes.DEVICE_PATH,
                "Writes several registers of a device, all or none.")
            .takes(Shapes.DEVICE)
            .takesBody(CHANGES)
            .gives(200, "Written, and on disk.", DevicesApi.DEVICE)
            .problems(403, 412, 429, 503)
            .does(this::writeSeveral));
  }

  private static RegisterId id(Call call) {
    return new RegisterId(call.get(Shapes.DEVICE), call.get(Shapes.REGISTER_OF_PATH));
  }

  private void read(Call call) {
    RegisterId id = id(call);
    permit.requireReadable(call, id.address());
    int value = store.read(id.address());
    if (value == Store.ABSENT) {
      throw Problem.notWritten(
              "nobody has written register %s of device %s yet: write it first, as with PUT"
                  .formatted(Ids.register(id.register()), Ids.device(id.device())))
          .exception();
    }
    var response = call.context().response();
    response.putHeader(HttpHeaders.ETAG, Expected.tag(value));
    if (Expected.isKnown(call.context().request().headers(), value)) {
      call.replyNothing(304);
    } else {
      call.reply(Shapes.register(id.address(), value));
    }
  }

  private void write(Call call) {
    RegisterId id = id(call);
    int value = call.body().getInteger("value");
    int before = store.read(id.address());
    Map<RegisterId, OptionalInt> expected =
        Expected.of(call.context().request().headers(), id, before);
    List<Request> write = List.of(new Request.Write(id, value));
    if (before == Store.ABSENT && expected.isEmpty()) {
      // Another may be the first meanwhile: only the write itself can tell.
      writes.perform(
          call,
          write,
          Map.of(id, OptionalInt.empty()),
          () -> written(call, 201, id, value),
          taken -> writes.perform(call, write, expected, () -> written(call, 200, id, value)));
    } else {
      int status = expected.containsValue(OptionalInt.empty()) ? 201 : 200;
      writes.perform(call, write, expected, () -> written(call, status, id, value));
    }
  }

  private static void written(Call call, int status, RegisterId id, int value) {
    call.context().response().putHeader(HttpHeaders.ETAG, Expected.tag(value));
    call.reply(status, Shapes.register(id.address(), value));
  }

  private void writeSeveral(Call call) {
    int device = call.get(Shapes.DEVICE);
    List<Request> requests = new ArrayList<>();
    values(call.body().getJsonObject("registers"), device)
        .forEach((id, value) -> requests.add(new Request.Write(id, value.getAsInt())));
    if (requests.isEmpty()) {
      throw Problem.badRequest("registers is empty: name at least one").exception();
    }
    JsonObject expected = call.body().getJsonObject("expected", new JsonObject());
    writes.perform(
        call, requests, values(expected, device), () -> call.reply(devices.device(call, device)));
  }

  /** Returns the values by register; empty where one is null. */
  private static Map<RegisterId, OptionalInt> values(JsonObject object, int device) {
    Map<RegisterId, OptionalInt> values = new LinkedHashMap<>();
    for (String name : object.fieldNames()) {
      Integer value = object.getInteger(name);
      RegisterId id = new RegisterId(device, Ids.parse(name, 2));
      OptionalInt given = value == null ? OptionalInt.empty() : OptionalInt.of(value);
      if (values.put(id, given) != null) {
        throw Problem.badRequest("register %s is named twice: name it once".formatted(name))
            .exception();
      }
    }
    return values;
  }
}
