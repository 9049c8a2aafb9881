package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Ids;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What a file has of one device; what is missing or wrong in it is told by its name. Used while it
 * is read.
 */
final class SavedDevice {

  private final JsonObject json;
  private final int device;

  private SavedDevice(JsonObject json, int device) {
    this.json = json;
    this.device = device;
  }

  /**
   * Returns the one in an entry of the file.
   *
   * @throws IllegalArgumentException when it says of no device what it is
   */
  static SavedDevice of(Object entry) {
    if (!(entry instanceof JsonObject json)) {
      throw new IllegalArgumentException("it is no object");
    }
    int device = json.getValue("device") instanceof String id ? Ids.parseDevice(id) : -1;
    if (device < 0) {
      throw new IllegalArgumentException("its device is no ID of 4 hex digits");
    }
    return new SavedDevice(json, device);
  }

  int device() {
    return device;
  }

  /**
   * Returns a member.
   *
   * @param how reads it from an object by its name
   * @throws IllegalArgumentException when that fails
   */
  <T> T read(String member, BiFunction<JsonObject, String, T> how) {
    try {
      return how.apply(json, member);
    } catch (RuntimeException wrong) { // whatever is missing or wrong in it
      throw new IllegalArgumentException(
          "%s of device %s is missing or wrong".formatted(member, Ids.device(device)), wrong);
    }
  }

  /**
   * Has a member taken over that is an object.
   *
   * @throws IllegalArgumentException when that fails
   */
  void use(String member, Consumer<JsonObject> taker) {
    read(
        member,
        (from, name) -> {
          taker.accept(from.getJsonObject(name));
          return null;
        });
  }
}
