package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.Forgetful;
import io.wwep.console.rest.Times;
import io.wwep.server.ServerEvent;
import java.time.Instant;
import java.util.Map;

/**
 * Exercise 02: a legal and an illegal packet were sent, and the reply to each was read. That it was
 * read shows in how the connection ends: a kernel resets one in which something is left unread, so
 * an end in order means that all replies were read, or at least taken off the wire.
 *
 * <p>Guarded by the lock of {@link Roll}.
 */
final class ReplyRun {

  /** Connections of one board at a time whose end is waited for. */
  static final int CONNECTIONS_MAX = 16;

  /** What was sent on a connection so far. */
  private record Sent(boolean legal, boolean illegal) {}

  private final int device;
  private final Map<String, Sent> open = new Forgetful<>(CONNECTIONS_MAX);
  private boolean legalSent;
  private boolean illegalSent;
  private boolean unread;
  private Instant legalRead;
  private Instant illegalRead;

  ReplyRun(int device) {
    this.device = device;
  }

  /**
   * A message was answered; returns whether that is news.
   *
   * @param peer names the connection
   */
  boolean answered(String peer, boolean legal) {
    if (isDone()) {
      return false;
    }
    open.merge(
        peer,
        new Sent(legal, !legal),
        (a, b) -> new Sent(a.legal || b.legal, a.illegal || b.illegal));
    boolean news = legal ? !legalSent : !illegalSent;
    legalSent |= legal;
    illegalSent |= !legal;
    return news;
  }

  /** A connection is over; returns whether that is news. */
  boolean ended(String peer, ServerEvent.End end, Instant time) {
    Sent sent = open.remove(peer);
    if (sent == null) {
      return false;
    }
    unread = end == ServerEvent.End.RESET;
    boolean news = false;
    if (end == ServerEvent.End.TAKEN) {
      news = (sent.legal && legalRead == null) || (sent.illegal && illegalRead == null);
      legalRead = sent.legal && legalRead == null ? time : legalRead;
      illegalRead = sent.illegal && illegalRead == null ? time : illegalRead;
    }
    return news;
  }

  private boolean isDone() {
    return legalRead != null && illegalRead != null;
  }

  Standing standing() {
    if (isDone()) {
      return Standing.done(Moments.later(legalRead, illegalRead));
    }
    return legalSent || illegalSent ? Standing.goingOn(missing()) : Standing.OPEN;
  }

  private String missing() {
    if (unread) {
      return "it resets its connections behind the reply, so it does not read it: read 11 bytes, or an X, before the socket is deleted";
    }
    if (legalRead == null && illegalRead == null) {
      return "no reply was seen to be read: read the reply, then close the connection";
    }
    if (legalRead == null) {
      return "the reply to a legal packet was not seen to be read: send one, as in exercise 01, and read its A";
    }
    return illegalSent
        ? "the X to its illegal packet was not seen to be read: an X is one byte, so do not wait for 11"
        : "it has sent no illegal packet: send one, such as W%04X05 without a value, and read its X"
            .formatted(device);
  }

  JsonObject save() {
    return new JsonObject()
        .put("legalSent", legalSent)
        .put("illegalSent", illegalSent)
        .put("legalRead", Times.text(legalRead))
        .put("illegalRead", Times.text(illegalRead));
  }

  void load(JsonObject saved) {
    legalSent = saved.getBoolean("legalSent");
    illegalSent = saved.getBoolean("illegalSent");
    legalRead = Moments.in(saved, "legalRead");
    illegalRead = Moments.in(saved, "illegalRead");
  }
}
