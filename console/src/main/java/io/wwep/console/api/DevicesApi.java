package io.wwep.console.api;

import static io.wwep.console.rest.Schema.count;
import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.RegisterId;
import io.wwep.store.Store;
import java.util.List;

/** What registers hold now. */
final class DevicesApi {

  private static final int LIMIT_MAX = 1_000;

  private static final Parameter<Integer> AFTER =
      Parameter.query(
          "after", "only devices behind this one", Shapes.DEVICE_ID, t -> Ids.parse(t, 4), null);

  private static final Parameter<Long> LIMIT =
      Parameter.number("limit", "how many at most", 1, LIMIT_MAX, 100L);

  private static final Schema DEVICES =
      object(
          "Devices",
          member(
              "devices",
              list(
                  object(
                      member("device", Shapes.DEVICE_ID),
                      member("registers", whole("how many are written", 1, 256))),
                  LIMIT_MAX)),
          member("next", Shapes.NEXT),
          member("total", count("devices that have written registers")));

  static final Schema DEVICE =
      object(
          "Device",
          member("device", Shapes.DEVICE_ID),
          member(
              "registers",
              list(
                  object(
                      member("register", Shapes.REGISTER),
                      member("value", Shapes.VALUE),
                      member("hex", Shapes.HEX)),
                  256)),
          member("writable", flag("whether one may write to any of them")),
          member("why", nullable(text("why not, and what helps"))));

  private final Store store;
  private final Permit permit;

  DevicesApi(Store store, Permit permit) {
    this.store = store;
    this.permit = permit;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.ROOT + "/devices", "Lists the devices that have written registers.")
            .takes(AFTER, LIMIT)
            .gives(DEVICES)
            .does(this::devices),
        Endpoint.get(Shapes.DEVICE_PATH, "Gives the written registers of a device.")
            .takes(Shapes.DEVICE)
            .gives(DEVICE)
            .does(call -> call.reply(device(call, call.get(Shapes.DEVICE)))));
  }

  private void devices(Call call) {
    JsonArray devices = new JsonArray();
    Integer after = call.get(AFTER);
    long limit = call.get(LIMIT);
    int first = after == null ? 0 : after + 1;
    int next =
        first > RegisterId.DEVICE_MAX
            ? Store.NO_DEVICE
            : store.visitDevices(
                first,
                (int) limit,
                (device, registers) ->
                    devices.add(
                        new JsonObject()
                            .put("device", Ids.device(device))
                            .put("registers", registers)));
    call.reply(
        new JsonObject()
            .put("devices", devices)
            .put("next", next == Store.NO_DEVICE ? null : nextPath(next, limit))
            .put("total", store.deviceCount()));
  }

  private static String nextPath(int next, long limit) {
    return "%s/devices?after=%s&limit=%d".formatted(Shapes.ROOT, Ids.device(next - 1), limit);
  }

  /** Returns a device with those of its written registers that one may read. */
  JsonObject device(Call call, int device) {
    JsonArray registers = new JsonArray();
    int[] values = store.registersOf(device);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != Store.ABSENT && permit.mayRead(call.visitor(), device << 8 | i)) {
        registers.add(
            new JsonObject()
                .put("register", Ids.register(i))
                .put("value", values[i])
                .put("hex", Ids.value(values[i])));
      }
    }
    String why = permit.whyReadOnly(call.visitor(), device);
    return new JsonObject()
        .put("device", Ids.device(device))
        .put("registers", registers)
        .put("writable", why == null)
        .put("why", why);
  }
}
