package io.wwep.it.soak;

import java.io.IOException;

/** Reads the register that a {@link Session} counts up: it never falls, except from FFFF to 0. */
final class Reader implements Load.Client {

  private static final int REPLY_BYTES = 11;

  /** Not written yet: the reply is an X alone, so nothing is known of its length before. */
  private static final int NOTHING = -1;

  private final String request;
  private final Talk talk;
  private int seen = NOTHING;

  Reader(String device, Talk talk) {
    request = device + "00";
    this.talk = talk;
  }

  @Override
  public int act() throws IOException {
    String reply = talk.exchange("R" + request, 1);
    if (reply.equals("X") && seen == NOTHING) {
      talk.close();
      return 1;
    }
    reply += talk.exchange("", REPLY_BYTES - 1);
    Replies.require("A" + request, reply.substring(0, Math.min(7, reply.length())));
    int value = Integer.parseInt(reply.substring(7), 16);
    if (seen != NOTHING && (value - seen & 0xFFFF) > 0x7FFF) {
      throw new AssertionError(
          "register %s fell from %04X to %04X".formatted(request, seen, value));
    }
    seen = value;
    return 1;
  }

  @Override
  public void close() throws IOException {
    talk.close();
  }

  @Override
  public String toString() {
    return "reader " + request;
  }
}
