package io.wwep.client;

/**
 * What one server was seen to do with a connection after its first reply, and what that allows.
 *
 * <p>Two kinds of server are in use. The class server answers one message and closes. Others keep
 * the connection: they linger after the first reply and take a second frame as the beginning of a
 * session. A write must never be sent into a connection that may be closing, because nobody could
 * tell whether it was stored; a read can be repeated. Hence:
 *
 * <pre>
 *   replies so far   since then    closes / unknown / keeps   read        write
 *   0 (fresh)        -             any                        SEND        SEND
 *   1                below 100 ms  closes                     RECONNECT   RECONNECT
 *   1                below 100 ms  unknown                    SEND        PROBE
 *   1                below 100 ms  keeps                      SEND        SEND, PROBE if far away
 *   1                above         any                        RECONNECT   RECONNECT
 *   2 or more        below 30 s    any                        SEND        SEND
 *   2 or more        above         any                        SEND        PROBE
 * </pre>
 *
 * <p>Thread-safe: the reader of a connection learns, the dispatcher asks.
 */
final class ServerHabit {

  /** What to do with a request on the connection at hand. */
  enum Step {
    /** Send it there. */
    SEND,
    /** Send a read there first; when that is answered, send it. */
    PROBE,
    /** Open a fresh connection for it. */
    RECONNECT
  }

  private enum Kind {
    UNKNOWN,
    KEEPS_SESSIONS,
    CLOSES_AFTER_REPLY
  }

  /** Well below the 250 ms for which a server lingers after its first reply. */
  static final long LINGER_SAFE_NANOS = 100_000_000L;

  /** Age of the first reply and round trip together; the rest of the 250 ms is reserve. */
  static final long LINGER_REACH_NANOS = 200_000_000L;

  /** A server that closes after each reply closes with it, give or take a scheduler's delay. */
  static final long CLOSE_GRACE_NANOS = 25_000_000L;

  /** Beyond this, something between may have dropped a silent connection without a word. */
  static final long IDLE_SAFE_NANOS = 30_000_000_000L;

  private Kind kind = Kind.UNKNOWN;

  /**
   * @param replies that came on this connection; with one or none, nothing may be in flight on it
   * @param idleNanos since the last of them
   * @param roundTripNanos that the first one took
   */
  synchronized Step step(boolean write, int replies, long idleNanos, long roundTripNanos) {
    if (replies == 0) {
      return Step.SEND;
    }
    if (replies >= 2) {
      return write && idleNanos >= IDLE_SAFE_NANOS ? Step.PROBE : Step.SEND;
    }
    if (kind == Kind.CLOSES_AFTER_REPLY || idleNanos >= LINGER_SAFE_NANOS) {
      return Step.RECONNECT;
    }
    boolean safe = kind == Kind.KEEPS_SESSIONS && idleNanos + roundTripNanos < LINGER_REACH_NANOS;
    return safe || !write ? Step.SEND : Step.PROBE;
  }

  /** Whether requests may be sent behind others that are not answered yet. */
  synchronized boolean allowsPipelining(int replies) {
    return replies >= 2 || (replies == 1 && kind == Kind.KEEPS_SESSIONS);
  }

  synchronized boolean closesAfterReply() {
    return kind == Kind.CLOSES_AFTER_REPLY;
  }

  /** A reply came; it was number {@code replies} on its connection. */
  synchronized void replied(int replies) {
    if (replies >= 2) {
      kind = Kind.KEEPS_SESSIONS;
    }
  }

  /**
   * The server closed a connection.
   *
   * @param replies that had come on it
   * @param unanswered whether a request was left without a reply
   * @param idleNanos since the last reply
   */
  synchronized void closed(int replies, boolean unanswered, long idleNanos) {
    if (replies == 1 && (unanswered || idleNanos < CLOSE_GRACE_NANOS)) {
      kind = Kind.CLOSES_AFTER_REPLY;
    }
  }

  /** The server, known to close after a reply, did not: perhaps another one runs there now. */
  synchronized void keptOpen() {
    kind = Kind.UNKNOWN;
  }
}
