package io.wwep.it.soak;

import io.wwep.it.Visit;
import java.io.IOException;
import java.util.function.Supplier;

/** A board that connects for each message. */
final class Board implements Load.Client {

  private final String device;
  private final Supplier<Visit> visits;
  private int count;

  /**
   * @param visits makes each visit, which knows of earlier TLS sessions or does not
   */
  Board(String device, Supplier<Visit> visits) {
    this.device = device;
    this.visits = visits;
  }

  @Override
  public int act() throws IOException {
    String written = "%s%02X%04X".formatted(device, count & 0xFF, count & 0xFFFF);
    count++;
    Replies.require("A" + written, visits.get().pay("W" + written));
    return 1;
  }

  @Override
  public String toString() {
    return "board " + device;
  }
}
