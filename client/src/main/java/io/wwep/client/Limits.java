package io.wwep.client;

import java.time.Duration;

/** Every limit of this room, in one place. */
final class Limits {

  /** Longest time that any setting may have. */
  static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  /** Shortest time that any setting may have. */
  static final Duration TIMEOUT_MIN = Duration.ofMillis(1);

  /** Most requests of one client that are not answered yet. */
  static final int IN_FLIGHT_MAX = 1_024;

  /** Most frames that go to the socket in one write: 256 writes fill 2,816 bytes. */
  static final int BATCH_FRAMES_MAX = 256;

  /** Most registers that one batch read may name: all of 256 devices. */
  static final int READ_ALL_MAX = 65_536;

  /** Most bytes that one raw exchange sends. */
  static final int RAW_SENT_BYTES_MAX = 1 << 20;

  /** Most bytes that one raw exchange keeps of what came back. */
  static final int RAW_RECEIVED_BYTES_MAX = 1 << 16;

  /** Largest PEM file, of CA certificates, a client's or its key. */
  static final int PEM_FILE_BYTES_MAX = 1 << 20;

  /** Most certificates that a client shows: more than any authority issues. */
  static final int CHAIN_CERTIFICATES_MAX = 10;

  /** Bytes of an answer that are kept to tell what a peer without TLS is. */
  static final int FIRST_BYTES_KEPT = 64;

  /** Most issuers that are kept of a server that asks for a client certificate. */
  static final int CLIENT_ISSUERS_MAX = 64;

  /** How often one request may be put on a connection that closes before it was sent. */
  static final int UNSENT_TRIES_MAX = 2;

  private Limits() {}

  static int requireInRange(String name, int number, int min, int max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s must be %,d to %,d, not %,d".formatted(name, min, max, number));
    }
    return number;
  }

  static Duration requireTimeout(String name, Duration time) {
    if (time.compareTo(TIMEOUT_MIN) < 0 || time.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s must be 1 ms to 10 minutes, not %s".formatted(name, show(time)));
    }
    return time;
  }

  /** Returns a time as people read it: {@code 500 ms}, {@code 2 s}. */
  static String show(Duration time) {
    if (time.abs().compareTo(Duration.ofDays(1)) > 0) {
      return time.toString();
    }
    long millis = time.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
