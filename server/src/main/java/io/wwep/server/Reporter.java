package io.wwep.server;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Reply;
import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import io.wwep.protocol.Wwep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Makes events of what happened on a connection. Costs nothing for what the budget does not admit.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class Reporter {

  /**
   * Reads of unwritten registers that are shown of one exchange. Who looks through a whole device
   * knows what a gap is; 250 lines of it would hide the board that does not.
   */
  private static final int UNWRITTEN_SHOWN_MAX = 8;

  private final Loop loop;
  private final Peer peer;
  private String tls;
  private String certificate;

  Reporter(Loop loop, Peer peer) {
    this.loop = loop;
    this.peer = peer;
  }

  /**
   * Says what is told with each request from now on.
   *
   * @param version of TLS, or null where there is none
   * @param holder of the client's certificate, or null where it showed none
   */
  void secured(String version, String holder) {
    tls = version;
    certificate = holder;
  }

  /**
   * Counts the rejections of a completed exchange, and publishes the requests that are to be shown.
   *
   * @return how many requests were rejected
   */
  int report(Exchange exchange) {
    int rejected = 0;
    int unwritten = 0;
    for (int i = 0; i < exchange.size(); i++) {
      RejectCode code = Replies.codeOf(exchange, i);
      Object note = exchange.noteOf(i);
      if (code != null) {
        rejected++;
        loop.counters.rejected(code);
      }
      if (code == RejectCode.NOT_WRITTEN && ++unwritten > UNWRITTEN_SHOWN_MAX) {
        loop.budget.drop();
      } else if (code == null) {
        if (note instanceof byte[] request) {
          accepted(exchange, i, request);
        }
      } else {
        rejected(exchange, i, code, note);
      }
    }
    return rejected;
  }

  private void accepted(Exchange exchange, int i, byte[] request) {
    byte[] reply = new byte[Wwep.ACCEPTED_LENGTH];
    Reply.putAccepted(reply, 0, exchange.address(i), exchange.value(i));
    publish(WireText.show(request), new String(reply, StandardCharsets.US_ASCII), null);
  }

  private void rejected(Exchange exchange, int i, RejectCode code, Object note) {
    if (note instanceof Rejection rejection) {
      publish("X", rejection);
    } else if (!exchange.isGap(i) && (note != null || loop.budget.admitRejectedAfterAll())) {
      byte[] request = note instanceof byte[] bytes ? bytes : request(exchange, i);
      publish(
          "X",
          code == RejectCode.STORAGE
              ? Rejection.storage(exchange.failure(), request)
              : Rejection.notWritten(exchange.address(i), request));
    }
  }

  private static byte[] request(Exchange exchange, int i) {
    RegisterId id = RegisterId.ofAddress(exchange.address(i));
    Request request =
        exchange.isWrite(i)
            ? new Request.Write(id, exchange.requestedValue(i))
            : new Request.Read(id);
    return request.encode();
  }

  /** Publishes what was answered X outside of an exchange. */
  void rejected(Supplier<Rejection> rejection) {
    if (isAdmitted()) {
      publish("X", rejection.get());
    }
  }

  /** Publishes a rejection that nobody could be told on the wire. */
  void unanswered(Supplier<Rejection> rejection) {
    if (isAdmitted()) {
      publish("", rejection.get());
    }
  }

  /**
   * Publishes that a connection is beyond a limit.
   *
   * @param shown whether it is shown, and not counted only
   * @param answered whether the peer got an X
   */
  void limited(boolean shown, boolean answered, Supplier<String> sentence) {
    loop.startRead();
    if (!shown) {
      loop.budget.drop();
    } else if (loop.budget.admitRejected()) {
      publish(answered ? "X" : "", Rejection.limited(sentence.get()));
    }
  }

  /** Publishes something that was no request. */
  void notice(String sentence) {
    if (isAdmitted()) {
      loop.feed.publish(new ServerEvent.Notice(Instant.now(), peer.door(), peer.text(), sentence));
    }
  }

  /** Publishes that a connection with at least one reply is over. */
  void ended(long requests, ServerEvent.End end) {
    loop.startRead();
    if (loop.budget.admitEnded()) {
      loop.feed.publish(
          new ServerEvent.Ended(Instant.now(), peer.door(), peer.text(), requests, end));
    }
  }

  /** What happens outside of a read may be the first event of a new second. */
  private boolean isAdmitted() {
    loop.startRead();
    return loop.budget.admitRejected();
  }

  private void publish(String reply, Rejection rejection) {
    publish(rejection.received(), reply, rejection);
  }

  private void publish(String request, String reply, Rejection rejection) {
    loop.feed.publish(
        new ServerEvent.Transaction(
            Instant.now(), peer.door(), peer.text(), tls, certificate, request, reply, rejection));
  }
}
