package io.wwep.cli;

import io.wwep.protocol.RegisterId;

/** Registers and values as the commands print them: hex in upper case, without a prefix. */
final class RegisterJson {

  private RegisterJson() {}

  /** Adds the fields {@code device} and {@code register}. */
  static Json put(Json json, RegisterId id) {
    return json.put("device", "%04X".formatted(id.device()))
        .put("register", "%02X".formatted(id.register()));
  }

  /** Returns four hex digits. */
  static String value(int value) {
    return "%04X".formatted(value);
  }
}
