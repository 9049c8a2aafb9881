package io.wwep.protocol;

import java.util.Objects;

/** What a server answers: exactly one reply for each request, in the order of the requests. */
public sealed interface Reply {

  /**
   * {@code A}: the register holds this value, and for a write it is on disk.
   *
   * @param id the register, as the server repeats it
   * @param value 0 to 65,535
   */
  record Accepted(RegisterId id, int value) implements Reply {

    /**
     * @throws IllegalArgumentException when the value is not within 0 to 65,535
     */
    public Accepted {
      Objects.requireNonNull(id, "id");
      RegisterId.requireValue(value);
    }
  }

  /**
   * {@code X}: the frame was illegal or the register was never written.
   *
   * @param explanation what a server started with {@code --explain} sent behind the {@code X}, as
   *     in {@code not-written}; empty from every other server
   */
  record Rejected(String explanation) implements Reply {

    public Rejected {
      Objects.requireNonNull(explanation, "explanation");
    }
  }

  /**
   * Writes an accepted reply into {@code target}: {@code A}, device, register, value, in upper
   * case.
   *
   * @param target has at least 11 bytes from {@code offset} on
   * @param address the register, 0 to 16,777,215
   * @param value 0 to 65,535
   */
  static void putAccepted(byte[] target, int offset, int address, int value) {
    target[offset] = Wwep.ACCEPTED;
    Hex.put(target, offset + 1, 6, address);
    Hex.put(target, offset + 7, 4, value);
  }
}
