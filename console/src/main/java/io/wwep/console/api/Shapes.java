package io.wwep.console.api;

import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.RegisterId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How devices, registers, values and times stand in URLs and JSON. */
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
      Parameter.path("device", "its ID", DEVICE_ID, text -> hex(text, 4));

  static final Parameter<Integer> REGISTER_OF_PATH =
      Parameter.path("register", "its number", REGISTER, text -> hex(text, 2));

  static final Schema REGISTER_OBJECT =
      object(
          "Register",
          member("device", DEVICE_ID),
          member("register", REGISTER),
          member("value", VALUE),
          member("hex", HEX));

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Shapes() {}

  /**
   * Returns the number that so many hex digits of either case mean.
   *
   * @throws IllegalArgumentException when they are others; the message goes on behind a name
   */
  static int hex(String text, int digits) {
    if (text.length() != digits || !text.matches("[0-9A-Fa-f]+")) {
      throw new IllegalArgumentException("must be %d hex digits".formatted(digits));
    }
    return Integer.parseInt(text, 16);
  }

  static String device(int device) {
    return "%04X".formatted(device);
  }

  static String register(int register) {
    return "%02X".formatted(register);
  }

  static String hex(int value) {
    return "%04X".formatted(value);
  }

  static String time(Instant moment) {
    return MILLIS.format(moment);
  }

  static String time(long millis) {
    return time(Instant.ofEpochMilli(millis));
  }

  static JsonObject register(int address, int value) {
    RegisterId id = RegisterId.ofAddress(address);
    return new JsonObject()
        .put("device", device(id.device()))
        .put("register", register(id.register()))
        .put("value", value)
        .put("hex", hex(value));
  }

  /** Returns a list with the path of the next page. */
  static Schema page(String name, String list, Schema each, int max) {
    return object(name, member(list, list(each, max)), member("next", NEXT));
  }
}
