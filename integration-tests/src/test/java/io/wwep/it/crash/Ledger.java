package io.wwep.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What one client has written, in its order, and how much of it was acknowledged. A client has a
 * device of its own, and never repeats a value of a register within a round.
 *
 * <p>Owned by the client's thread while it writes, by the test's before and after.
 */
final class Ledger {

  private static final int REGISTERS = 256;
  private static final int NEVER_WRITTEN = -1;

  private final int device;

  /** The value that each register must have. */
  private final int[] registers = new int[REGISTERS];

  private final int[] counters = new int[REGISTERS];

  /** This round's writes, {@code register << 16 | value}. */
  private final List<Integer> sent = new ArrayList<>();

  private int acknowledged;

  Ledger(int device) {
    this.device = device;
    Arrays.fill(registers, NEVER_WRITTEN);
  }

  int device() {
    return device;
  }

  /** Notes a write to a random register, and returns it as it goes over the wire. */
  String next(Random random) {
    int register = random.nextInt(REGISTERS);
    int value = ++counters[register] & 0xFFFF;
    sent.add((register << 16) | value);
    return "W" + words(register, value);
  }

  private String words(int register, int value) {
    return "%04X%02X%04X".formatted(device, register, value);
  }

  /** Returns the reply that acknowledges the oldest write that has none. */
  String expectedReply() {
    int write = sent.get(acknowledged);
    return "A" + words(write >>> 16, write & 0xFFFF);
  }

  /** Notes that this reply has come. */
  void acknowledge() {
    acknowledged++;
  }

  int acknowledgedCount() {
    return acknowledged;
  }

  /**
   * Compares a round with what the history has of it: all that was acknowledged, then of what was
   * under way the first few or none, in the order in which it was sent, and nothing else. What the
   * server removed as too old is missing at the front.
   *
   * @param rows {@code register << 16 | value}, in commit order
   * @return how many writes came true that nobody had acknowledged
   */
  int settle(List<Integer> rows) {
    if (rows.isEmpty()) {
      assertThat(acknowledged).as("acknowledged writes of device %04X", device).isZero();
      sent.clear();
      return 0;
    }
    int from = sent.indexOf(rows.get(0));
    assertThat(from)
        .as("first write in the history of device %04X was sent", device)
        .isNotNegative();
    int through = from + rows.size();
    assertThat(through)
        .as("writes of device %04X in the history", device)
        .isBetween(acknowledged, sent.size());
    assertThat(rows).as("history of device %04X", device).isEqualTo(sent.subList(from, through));
    sent.subList(0, through).forEach(write -> registers[write >>> 16] = write & 0xFFFF);
    int unacknowledged = through - acknowledged;
    sent.clear();
    acknowledged = 0;
    return unacknowledged;
  }

  /** Returns a read of each register. */
  String reads() {
    StringBuilder reads = new StringBuilder();
    for (int register = 0; register < REGISTERS; register++) {
      reads.append("R%04X%02X".formatted(device, register));
    }
    return reads.toString();
  }

  /** Returns the replies that {@link #reads} must get. */
  String expectedReplies() {
    StringBuilder replies = new StringBuilder();
    for (int register = 0; register < REGISTERS; register++) {
      replies.append(
          registers[register] == NEVER_WRITTEN ? "X" : "A" + words(register, registers[register]));
    }
    return replies.toString();
  }
}
