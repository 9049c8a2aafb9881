package io.wwep.protocol;

import java.util.Objects;

/** What a client asks of a server: the value of a register, or to store one. */
public sealed interface Request {

  /** The register that is read or written. */
  RegisterId id();

  /** Returns the frame as it goes over the wire, without a line end: 7 or 11 bytes. */
  byte[] encode();

  /**
   * A read: {@code R}, device, register.
   *
   * @param id the register to read
   */
  record Read(RegisterId id) implements Request {

    public Read {
      Objects.requireNonNull(id, "id");
    }

    @Override
    public byte[] encode() {
      byte[] frame = new byte[Wwep.READ_LENGTH];
      frame[0] = 'R';
      Hex.put(frame, 1, 6, id.address());
      return frame;
    }
  }

  /**
   * A write: {@code W}, device, register, value.
   *
   * @param id the register to write
   * @param value 0 to 65,535
   */
  record Write(RegisterId id, int value) implements Request {

    /**
     * @throws IllegalArgumentException when the value is not within 0 to 65,535
     */
    public Write {
      Objects.requireNonNull(id, "id");
      RegisterId.requireValue(value);
    }

    @Override
    public byte[] encode() {
      byte[] frame = new byte[Wwep.WRITE_LENGTH];
      frame[0] = 'W';
      Hex.put(frame, 1, 6, id.address());
      Hex.put(frame, 7, 4, value);
      return frame;
    }
  }
}
