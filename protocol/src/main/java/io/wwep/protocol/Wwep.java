package io.wwep.protocol;

/** The fixed numbers of WWEP, as PROTOCOL.md and the lecture give them. */
public final class Wwep {

  /** TCP port of the open version of the protocol. */
  public static final int PLAIN_PORT = 27708;

  /** TCP port of the protocol over TLS. */
  public static final int TLS_PORT = 40508;

  /** Length of a read request in bytes: {@code R}, four digits of device, two of register. */
  public static final int READ_LENGTH = 7;

  /** Length of a write request in bytes: a read's, and four digits of value. */
  public static final int WRITE_LENGTH = 11;

  /** Length of an accepted reply in bytes: that of a write, with {@code A} in front. */
  public static final int ACCEPTED_LENGTH = 11;

  /** Number of addressable registers: 65,536 devices of 256 registers. */
  public static final int REGISTER_COUNT = 1 << 24;

  /** The reply to anything illegal, and to a read of a register that nobody wrote. */
  public static final byte REJECTED = 'X';

  /** First byte of the reply that carries a value. */
  public static final byte ACCEPTED = 'A';

  private Wwep() {}
}
