package io.wwep.it.soak;

import java.io.IOException;

/**
 * Writes several registers at a time on one connection and reads back the first; now and then it
 * ends, and comes back. Register 00 counts up.
 */
final class Session implements Load.Client {

  private static final int WRITES = 7;
  private static final int REPLY_BYTES = 11;
  private static final int ACTS_UNTIL_IT_LEAVES = 1_000;

  private final String device;
  private final Talk talk;
  private int count;

  Session(String device, Talk talk) {
    this.device = device;
    this.talk = talk;
  }

  @Override
  public int act() throws IOException {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int register = 0; register < WRITES; register++) {
      String written = "%s%02X%04X".formatted(device, register, count & 0xFFFF);
      requests.append('W').append(written);
      replies.append('A').append(written);
    }
    requests.append('R').append(device).append("00");
    replies.append(replies, 0, REPLY_BYTES);
    Replies.require(replies.toString(), talk.exchange(requests.toString(), replies.length()));
    count++;
    if (count % ACTS_UNTIL_IT_LEAVES == 0) {
      talk.close();
    }
    return WRITES + 1;
  }

  @Override
  public void close() throws IOException {
    talk.close();
  }

  @Override
  public String toString() {
    return "session " + device;
  }
}
