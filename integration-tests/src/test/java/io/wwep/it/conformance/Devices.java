package io.wwep.it.conformance;

import java.io.IOException;
import java.util.BitSet;
import java.util.Random;

/**
 * Hands out devices that nobody has written to, so that "never written" holds on a server with data
 * too. Chosen at random from a printed seed; every register of a device is read before it is given.
 */
public final class Devices {

  private static final int ATTEMPTS_MAX = 1_000;
  private static final int REGISTERS = 256;

  private final TargetServer target;
  private final Random random;
  private final BitSet given = new BitSet();

  public Devices(TargetServer target) {
    this.target = target;
    long seed = Long.getLong("wwep.seed", System.nanoTime());
    System.out.println("conformance devices: -Dwwep.seed=" + seed);
    random = new Random(seed);
  }

  /** Returns the four digits, in upper case and with at least one letter, of a fresh device. */
  public synchronized String fresh() throws IOException {
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
      int device = random.nextInt(0x10000);
      String digits = "%04X".formatted(device);
      if (!given.get(device) && digits.matches(".*[A-F].*") && isUnwritten(digits)) {
        given.set(device);
        return digits;
      }
    }
    throw new IllegalStateException(
        "no unwritten device among %d: does the server answer reads, and are any left unwritten?"
            .formatted(ATTEMPTS_MAX));
  }

  private boolean isUnwritten(String device) throws IOException {
    StringBuilder reads = new StringBuilder();
    for (int register = 0; register < REGISTERS; register++) {
      reads.append("R%s%02X".formatted(device, register));
    }
    try (Wire wire = Wire.connect(target, Port.PLAIN)) {
      wire.send(reads.toString());
      wire.endOutput();
      // A server that does not pipeline says less; whether it should is not the question here.
      String replies = wire.readToEnd();
      return replies.startsWith("X") && !replies.contains("A");
    }
  }
}
