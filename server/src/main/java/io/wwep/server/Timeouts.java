package io.wwep.server;

/**
 * How long a connection may do nothing, by what it is waiting for; PROTOCOL.md, "How long a
 * connection lives". All in milliseconds.
 *
 * @param frameMillis longest pause inside a frame
 * @param lingerMillis how long a connection stays open behind its first reply
 * @param idleMillis longest pause between frames of a session
 * @param firstByteMillis how long a connection may send nothing at all
 * @param handshakeMillis how long a TLS handshake may take, from the first byte
 * @param sendMillis how long a peer may take nothing of the replies that wait for it
 */
public record Timeouts(
    long frameMillis,
    long lingerMillis,
    long idleMillis,
    long firstByteMillis,
    long handshakeMillis,
    long sendMillis) {

  /** What PROTOCOL.md says. */
  public static final Timeouts DEFAULT = new Timeouts(150, 250, 300_000, 10_000, 30_000, 30_000);

  /** Longest time that any of them may have. */
  public static final long MILLIS_MAX = 24L * 60 * 60 * 1000;

  /**
   * @throws IllegalArgumentException when a time is not within 1 ms and a day
   */
  public Timeouts {
    requireTime("frame timeout", frameMillis);
    requireTime("linger", lingerMillis);
    requireTime("idle timeout", idleMillis);
    requireTime("first-byte timeout", firstByteMillis);
    requireTime("handshake timeout", handshakeMillis);
    requireTime("send timeout", sendMillis);
  }

  private static void requireTime(String name, long millis) {
    if (millis < 1 || millis > MILLIS_MAX) {
      throw new IllegalArgumentException(
          "%s must be 1 ms to 1 day, not %d ms".formatted(name, millis));
    }
  }
}
