package io.wwep.console.api;

import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RegisterId;

/** What devices, registers, values and times are in URLs and JSON. */
final class Shapes {

  static final String ROOT = "/api/v1";
  static final String DEVICE_PATH = ROOT + "/devices/{device}";
  static final String REGISTER_PATH = DEVICE_PATH + "/registers/{register}";

  static final Schema.Text DEVICE_ID = text("a device ID, 4 hex digits", "[0-9A-Fa-f]{4}");
  static final Schema.Text REGISTER = text("a register, 2 hex digits", "[0-9A-Fa-f]{2}");
  static final Schema.Whole VALUE = whole("of the register", 0, RegisterId.VALUE_MAX);
  static final Schema.Text HEX = text("the value in 4 hex digits", "[0-9A-F]{4}");
  static final Schema.Text TIME = Schema.time("a moment in ISO 8601, as in 2026-11-25T18:30:00Z");

  /** Larger than any number of a write will be, and a whole number in every language. */
  static final long NUMBER_MAX = 1L << 53;

  static final Schema NEXT = nullable(text("path of the next page"));

  static final Parameter<Integer> DEVICE =
      Parameter.path("device", "its ID", DEVICE_ID, text -> Ids.parse(text, 4));

  static final Parameter<Integer> REGISTER_OF_PATH =
      Parameter.path("register", "its number", REGISTER, text -> Ids.parse(text, 2));

  static final Schema REGISTER_OBJECT =
      object(
          "Register",
          member("device", DEVICE_ID),
          member("register", REGISTER),
          member("value", VALUE),
          member("hex", HEX));

  private Shapes() {}

  /** Returns a moment in the query that may be left out, in milliseconds since 1970. */
  static Parameter<Long> time(String name, String about) {
    return Parameter.query(name, about, TIME, Times::parse, null);
  }

  static JsonObject register(int address, int value) {
    RegisterId id = RegisterId.ofAddress(address);
    return new JsonObject()
        .put("device", Ids.device(id.device()))
        .put("register", Ids.register(id.register()))
        .put("value", value)
        .put("hex", Ids.value(value));
  }

  /** Returns a list with the path of the next page. */
  static Schema page(String name, String list, Schema each, int max) {
    return object(name, member(list, list(each, max)), member("next", NEXT));
  }
}
