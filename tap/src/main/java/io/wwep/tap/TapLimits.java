package io.wwep.tap;

import java.time.Duration;

/**
 * Every limit of this room, in one place; those of a capture and of the feed are where they are.
 */
final class TapLimits {

  /** Connections at a time: each takes two threads. */
  static final int CONNECTIONS_MAX = 256;

  /** One read of a socket. */
  static final int SEGMENT_BYTES_MAX = 16_384;

  /** How long connecting to the server may take. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long a handshake may take, as on a server: boards need up to 15 s. */
  static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

  /** How long the beginning of a frame is held where frames are altered: less than a pause. */
  static final int HOLD_MILLIS = 100;

  /** How long a board that is turned away may take to hear of it. */
  static final int FAREWELL_MILLIS = 500;

  /**
   * How long a connection is kept of which one side has ended: firmware that never closes would
   * keep it for ever.
   */
  static final Duration HALF_ENDED_TIME = Duration.ofSeconds(30);

  /** How often is looked whether somebody still waits for what is held back. */
  static final int POLL_MILLIS = 100;

  /** How long it is remembered that the server's certificate could not be looked at. */
  static final Duration LOOK_AGAIN_TIME = Duration.ofSeconds(1);

  /** Between two bytes of a reply that is split. */
  static final long SPLIT_MILLIS = 5;

  /** How long the sockets of a tap that ends may take. */
  static final long CLOSE_MILLIS = 1_000;

  private TapLimits() {}
}
