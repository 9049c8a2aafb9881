package io.wwep.benchmarks;

import java.nio.charset.StandardCharsets;

/** The messages that are measured, as one read of a socket brings them. */
public final class Messages {

  /** How many requests {@link #BATCH} holds. */
  public static final int BATCH_REQUESTS = 64;

  /** A read of a register that {@link #WRITE} has written. */
  public static final byte[] READ = bytes("R0FAC0B");

  /** A write. */
  public static final byte[] WRITE = bytes("W0FAC0B1234");

  /** Pipelined requests, a write among nine reads or so, as in the mixed load. */
  public static final byte[] BATCH = batch();

  /** What an unfinished board sends; the line end behind it keeps the connection open. */
  public static final byte[] ILLEGAL = bytes("w0FAC0B1234\n");

  private static final int READS_FOR_A_WRITE = 9;

  private Messages() {}

  private static byte[] batch() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BATCH_REQUESTS; i++) {
      String register = "%04X%02X".formatted(i, i);
      text.append(i % (READS_FOR_A_WRITE + 1) == 0 ? "W" + register + "1234" : "R" + register);
    }
    return bytes(text.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
