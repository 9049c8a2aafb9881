package io.wwep.testkit;

/**
 * What a {@link MisbehavingServer} does to its clients: every way in which a server or the network
 * between was seen to fail, and two ways to behave.
 *
 * <p>"The reply" is that of each request, unless said otherwise. Numbers are checked when an
 * instance is made.
 */
public sealed interface Misbehavior {

  /** Answers correctly and keeps the connection open. */
  record Behaves() implements Misbehavior {}

  /** Answers the first request of a connection correctly and closes, as the class server does. */
  record ClosesAfterReply() implements Misbehavior {}

  /**
   * Answers correctly, and closes when no second request came in time after the first reply.
   *
   * @param lingerMillis 1 to 60,000
   */
  record Lingers(int lingerMillis) implements Misbehavior {
    public Lingers {
      MisbehaviorRange.require("lingerMillis", lingerMillis, 1, 60_000);
    }
  }

  /**
   * Reads the request and closes without a reply.
   *
   * @param stored whether a write is stored before
   */
  record ClosesBeforeReply(boolean stored) implements Misbehavior {}

  /**
   * Sends the first bytes of the reply and closes.
   *
   * @param bytes 1 to 10
   */
  record ClosesMidReply(int bytes) implements Misbehavior {
    public ClosesMidReply {
      MisbehaviorRange.require("bytes", bytes, 1, 10);
    }
  }

  /** Reads the request and resets the connection (RST). */
  record Resets() implements Misbehavior {}

  /**
   * Answers correctly as long as the connection is young, then closes it in the middle of a
   * session: request number {@code request} of each connection is read and not answered.
   *
   * @param request 1 to 1,000,000; requests after it in the same read are not looked at
   * @param stored whether a write is stored before
   */
  record DropsAtRequest(int request, boolean stored) implements Misbehavior {
    public DropsAtRequest {
      MisbehaviorRange.require("request", request, 1, 1_000_000);
    }
  }

  /**
   * Answers correctly, but late.
   *
   * @param delayMillis 1 to 60,000
   */
  record AnswersLate(int delayMillis) implements Misbehavior {
    public AnswersLate {
      MisbehaviorRange.require("delayMillis", delayMillis, 1, 60_000);
    }
  }

  /**
   * Answers correctly, one byte at a time.
   *
   * @param pauseMillis between two bytes, 0 to 60,000
   */
  record Trickles(int pauseMillis) implements Misbehavior {
    public Trickles {
      MisbehaviorRange.require("pauseMillis", pauseMillis, 0, 60_000);
    }
  }

  /**
   * Answers correctly, with the replies to requests that came together in one segment.
   *
   * @param replies how many go together at most, 2 to 256
   */
  record JoinsReplies(int replies) implements Misbehavior {
    public JoinsReplies {
      MisbehaviorRange.require("replies", replies, 2, 256);
    }
  }

  /** Reads and never answers. */
  record NeverAnswers() implements Misbehavior {}

  /** Accepts connections and never reads from them. */
  record NeverReads() implements Misbehavior {}

  /**
   * Answers these words to everything, legal or not, and stores nothing.
   *
   * @param words as in {@code A0FAC0B1234}: 1 to 1,000 characters of ASCII
   */
  record Says(String words) implements Misbehavior {
    public Says {
      MisbehaviorRange.require("length of the words", words.length(), 1, 1_000);
    }
  }

  /** Answers as an HTTP server does: with a 400. */
  record AnswersHttp() implements Misbehavior {}

  /** Answers {@code X} to everything and stores nothing. */
  record AnswersX() implements Misbehavior {}

  /** Answers reads and writes with the next register's number in the reply. */
  record AnswersForWrongRegister() implements Misbehavior {}

  /** Says {@code X} and closes before anything was asked, as a server at its limit does. */
  record TurnsAway() implements Misbehavior {}

  /** Closes its port: connections are refused. */
  record Refuses() implements Misbehavior {}

  /** Over TLS: accepts the TCP connection and never answers the handshake. */
  record StallsHandshake() implements Misbehavior {}

  /**
   * Over TLS: sends something else, as a server on the wrong port does.
   *
   * @param words as in {@code X}: 1 to 1,000 characters of ASCII
   * @param closes whether it closes then, or waits for the client to do so
   */
  record SpeaksNoTls(String words, boolean closes) implements Misbehavior {
    public SpeaksNoTls {
      MisbehaviorRange.require("length of the words", words.length(), 1, 1_000);
    }

    /** One that closes. */
    public SpeaksNoTls(String words) {
      this(words, true);
    }
  }
}
