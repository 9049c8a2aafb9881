package io.wwep.it.soak;

import io.wwep.it.Visit;
import java.io.IOException;

/** A board that knows of no earlier TLS session, so that each visit is a whole handshake. */
final class Newcomer implements Load.Client {

  private final String device;
  private final int tlsPort;
  private int count;

  Newcomer(String device, int tlsPort) {
    this.device = device;
    this.tlsPort = tlsPort;
  }

  @Override
  public int act() throws IOException {
    String written = "%s%02X%04X".formatted(device, count & 0xFF, count & 0xFFFF);
    count++;
    Visit visit = Visit.tls(null, tlsPort, Visit.trustingEverybody());
    Replies.require("A" + written, visit.pay("W" + written));
    return 1;
  }

  @Override
  public String toString() {
    return "newcomer " + device;
  }
}
