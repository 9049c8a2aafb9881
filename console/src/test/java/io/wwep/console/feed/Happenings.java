package io.wwep.console.feed;

import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.time.Instant;

/** Events as a server makes them, at moments of the test's choice. */
public final class Happenings {

  private long kept;
  private Instant now = Instant.parse("2026-11-25T18:30:00Z");

  /** Lets time pass. */
  public void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  public Instant now() {
    return now;
  }

  public ServerEvent accepted(String peer, String request) {
    return accepted(Door.PLAIN, peer, request);
  }

  public ServerEvent accepted(Door door, String peer, String request) {
    String tls = door == Door.TLS ? "TLSv1.3" : null;
    String reply = "A" + request.substring(1) + (request.startsWith("R") ? "1234" : "");
    return new ServerEvent.Transaction(now, door, peer, tls, null, request, reply, null);
  }

  public ServerEvent rejected(String peer, String request, RejectCode code, String sentence) {
    return rejected(Door.PLAIN, peer, request, code, sentence);
  }

  public ServerEvent rejected(
      Door door, String peer, String request, RejectCode code, String sentence) {
    Rejection rejection = new Rejection(code, sentence, request, Rejection.NO_BYTE);
    return new ServerEvent.Transaction(now, door, peer, null, null, request, "X", rejection);
  }

  public ServerEvent notice(String peer, String sentence) {
    return new ServerEvent.Notice(now, Door.PLAIN, peer, sentence);
  }

  /** Returns an event as the console keeps it. */
  public FeedEvent kept(ServerEvent event) {
    return new FeedEvent(++kept, event);
  }

  public ServerEvent ended(String peer, ServerEvent.End end) {
    return new ServerEvent.Ended(now, Door.PLAIN, peer, 1, end);
  }
}
