package io.wwep.it.soak;

import io.wwep.it.Visit;
import java.io.IOException;

/** A board that connects for each message. */
final class Board implements Load.Client {

  private final String device;
  private final Visit visit;
  private int count;

  Board(String device, Visit visit) {
    this.device = device;
    this.visit = visit;
  }

  @Override
  public int act() throws IOException {
    String written = "%s%02X%04X".formatted(device, count & 0xFF, count & 0xFFFF);
    count++;
    Replies.require("A" + written, visit.pay("W" + written));
    return 1;
  }

  @Override
  public String toString() {
    return "board " + device;
  }
}
