package io.wwep.it.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A few registers at a time, for which all clients contend. No value is written to a register
 * twice; one that has used up its share of the 65,536 values gives way to another.
 *
 * <p>Thread-safe.
 */
final class Registers {

  /** A register and a value that was not written to it before. */
  record Write(int register, int value) {}

  private static final int AT_A_TIME = 8;
  private static final int WRITES_MAX = 30_000;

  /** Odd, so that counting in steps of it meets each value once. */
  private static final int STEP = 40_503;

  private final List<Integer> used = new ArrayList<>();
  private final int[] registers = new int[AT_A_TIME];
  private final int[] writes = new int[AT_A_TIME];

  Registers() {
    for (int place = 0; place < AT_A_TIME; place++) {
      replace(place);
    }
  }

  /** Devices differ, and so do numbers within a device. */
  private void replace(int place) {
    int number = used.size();
    registers[place] = ((number / 2) << 8) | (number % 2 == 0 ? 0 : 0xFF);
    writes[place] = 0;
    used.add(registers[place]);
  }

  synchronized Write nextWrite(Random random) {
    int place = random.nextInt(AT_A_TIME);
    if (writes[place] == WRITES_MAX) {
      replace(place);
    }
    return new Write(registers[place], (++writes[place] * STEP) & 0xFFFF);
  }

  synchronized int nextRead(Random random) {
    return registers[random.nextInt(AT_A_TIME)];
  }

  /** Returns all registers that were handed out, in no order. */
  synchronized List<Integer> used() {
    return List.copyOf(used);
  }
}
