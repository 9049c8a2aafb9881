package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import java.time.Instant;

/**
 * Exercise 01: writes of register 05 that alternate 0000 and 0001, under a device ID that can be
 * the sum of a MAC address. Guarded by the lock of {@link Roll}.
 */
final class LedRun {

  static final int REGISTER = 0x05;

  /** Six octets of FF. */
  static final int DEVICE_MAX = 6 * 0xFF;

  /** On, off and on again, or the other way round: two writes might be a restart of the board. */
  private static final int CHANGES_MIN = 2;

  private static final int NONE = -1;

  private final int device;

  /** The value of the last write of the register. */
  private int last = NONE;

  /** Changes in a row, without a repetition or another value in between. */
  private int changes;

  private boolean repeated;
  private boolean writesElsewhere;
  private Instant done;

  LedRun(int device) {
    this.device = device;
  }

  /** A write was stored; returns whether that is news. */
  boolean wrote(int register, int value, Instant time) {
    if (done != null) {
      return false;
    }
    if (register != REGISTER) {
      boolean news = !writesElsewhere;
      writesElsewhere = true;
      return news;
    }
    boolean legal = value == 0 || value == 1;
    repeated = legal && value == last;
    changes = legal && last + value == 1 && !repeated ? changes + 1 : 0;
    last = value;
    if (changes >= CHANGES_MIN && isPlausible()) {
      done = time;
    }
    return true;
  }

  private boolean isPlausible() {
    return device >= 1 && device <= DEVICE_MAX;
  }

  Standing standing() {
    if (done != null) {
      return Standing.done(done);
    }
    if (last == NONE && !writesElsewhere) {
      return Standing.OPEN;
    }
    return Standing.goingOn(missing());
  }

  private String missing() {
    if (!isPlausible()) {
      return "its device ID %04X is no sum of the six octets of a MAC address, which is 0001 to %04X: add them up and send that"
          .formatted(device, DEVICE_MAX);
    }
    if (last == NONE) {
      return "it writes, but not to register 05: that is where the LED's state belongs, as in W%04X050001"
          .formatted(device);
    }
    if (last > 1) {
      return "it wrote %04X to register 05: the LED is 0001 for on and 0000 for off"
          .formatted(last);
    }
    if (repeated) {
      return "it wrote %04X twice in a row: flip the LED's state with each press".formatted(last);
    }
    return changes == 0
        ? "it wrote %04X, and not yet %04X: press the button again".formatted(last, 1 - last)
        : "it wrote 0000 and 0001: one more press shows that they alternate";
  }

  JsonObject save() {
    return new JsonObject()
        .put("last", last)
        .put("changes", changes)
        .put("repeated", repeated)
        .put("elsewhere", writesElsewhere)
        .put("done", Times.text(done));
  }

  void load(JsonObject saved) {
    last = saved.getInteger("last");
    changes = saved.getInteger("changes");
    repeated = saved.getBoolean("repeated");
    writesElsewhere = saved.getBoolean("elsewhere");
    done = Moments.in(saved, "done");
  }
}
