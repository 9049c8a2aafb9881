package io.wwep.conformance.wire;

import java.io.IOException;
import java.util.BitSet;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Hands out devices that nobody has written to, so that "never written" holds on a server with data
 * too. Thread-safe.
 */
public final class Devices {

  /** Why a case is left out when all devices have been given, or hold values. */
  public static final String NONE_LEFT =
      "no device is left that nobody wrote to: name more of them, or start with an empty database";

  private static final int ATTEMPTS_MAX = 20;
  private static final int REGISTERS = 256;
  private static final int DEVICES = 0x10000;
  private static final int CHOICES = 1 << 16;

  /** The sum of six octets is 05FA at most, so these IDs are no board's. */
  private static final int FIRST_OF_NO_BOARD = 0x0600;

  private static final String HAS_A_LETTER = ".*[A-F].*";

  private final Wires wires;
  private final Port port;
  private final boolean thorough;
  private final PrimitiveIterator.OfInt candidates;
  private final BitSet given = new BitSet();

  /**
   * @param thorough whether all registers of a device are read, on one connection, before it is
   *     given; otherwise one of them is, as a board would
   * @param candidates the IDs to choose from; each is given once
   */
  public Devices(Target target, boolean thorough, IntStream candidates) {
    wires = new Wires(target);
    port = target.serves(Port.PLAIN) ? Port.PLAIN : Port.TLS;
    this.thorough = thorough;
    this.candidates = candidates.iterator();
  }

  /** Returns IDs in a random order that are no board's. */
  public static IntStream ofNoBoard(long seed) {
    return new Random(seed).ints(CHOICES, FIRST_OF_NO_BOARD, DEVICES);
  }

  /**
   * Returns the four digits, in upper case and with at least one letter, of a fresh device. Where
   * {@value #ATTEMPTS_MAX} in a row are written, it is the server that says so of each, and what it
   * answers is for the cases to judge.
   *
   * @throws IOException when the server cannot be asked
   * @throws NoSuchDevice when there is none left to choose from
   */
  public synchronized String fresh() throws IOException {
    int attempts = 0;
    while (candidates.hasNext()) {
      int device = candidates.nextInt();
      String digits = "%04X".formatted(device);
      if (!given.get(device) && digits.matches(HAS_A_LETTER)) {
        given.set(device);
        attempts++;
        if (attempts == ATTEMPTS_MAX || !isWritten(digits)) {
          return digits;
        }
      }
    }
    throw new NoSuchDevice();
  }

  /** A server that does not answer well is none of this class's business: its cases say so. */
  private boolean isWritten(String device) throws IOException {
    try (Wire wire = wires.connect(port)) {
      if (!thorough) {
        wire.send("R" + device + "0B");
        return wire.readReply().startsWith("A");
      }
      StringBuilder reads = new StringBuilder();
      for (int register = 0; register < REGISTERS; register++) {
        reads.append("R%s%02X".formatted(device, register));
      }
      wire.send(reads.toString());
      wire.endOutput();
      return wire.readToEnd().contains("A");
    } catch (Mismatch unclear) {
      return false;
    }
  }

  /** All devices that there were to choose from have been given, or hold values. */
  public static final class NoSuchDevice extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchDevice() {
      super(NONE_LEFT);
    }
  }
}
