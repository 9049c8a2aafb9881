package io.wwep.board.steps;

import io.wwep.client.StepwiseConnection;
import io.wwep.client.TlsDetails;
import io.wwep.protocol.WireText;
import java.io.IOException;

/** What came of a step, in words. */
final class StepWords {

  private StepWords() {}

  static String agreed(StepwiseConnection way, String group) {
    return way.details()
        .map(details -> agreed(details, group, way.trusts()))
        .orElse("both sides agreed, and the server has ended TLS meanwhile");
  }

  private static String agreed(TlsDetails details, String group, String trusts) {
    String key = group.isEmpty() ? "" : ", keys agreed on " + group;
    return "%s, %s%s; the server is believed, trusting %s%s"
        .formatted(
            details.version().replace("TLSv", "TLS "),
            details.cipherSuite(),
            key,
            trusts,
            switch (details.clientCertificate()) {
              case NOT_ASKED -> "; nobody asked for the board's certificate";
              case NOT_SHOWN -> "; the board was asked for a certificate and has none to show";
              case SHOWN -> "; the board has shown its certificate";
            });
  }

  static String written(int length) {
    return "%s copied into a packet buffer, which the network stack holds now"
        .formatted(bytes(length));
  }

  static String unsent(StepwiseConnection way, IOException failure) {
    return "%s has ended the connection meanwhile (%s): what it said before, if anything, is read next"
        .formatted(way.endpoint(), failure.getMessage());
  }

  static String read(StepwiseConnection way, ReplyReader.Outcome outcome) {
    int length = outcome.received().length;
    String came =
        length == 0
            ? "nothing"
            : "%s, %s".formatted(bytes(length), WireText.show(outcome.received()));
    return switch (outcome.ending()) {
      case REPLIED -> came;
      case TIMED_OUT ->
          "%s within %d ms: is %s a WWEP server, and is it busy?"
              .formatted(
                  length == 0 ? "nothing came" : "no more than " + came,
                  way.replyTimeout().toMillis(),
                  way.endpoint());
      case CLOSED ->
          "%s came, and then the server ended its side: its log says why".formatted(came);
      case BROKEN -> broken(way, came, outcome.failure());
      case NOT_WWEP, TOO_MUCH ->
          "%s came, which no WWEP server sends: check host and port".formatted(came);
    };
  }

  private static String broken(StepwiseConnection way, String came, IOException failure) {
    return way.refused(failure)
        .map(RuntimeException::getMessage)
        .orElseGet(
            () ->
                "%s came, and then the connection broke (%s): the server's log says why"
                    .formatted(came, failure.getMessage()));
  }

  /**
   * @param endedNanos when the server ended its side, or 0
   * @param flushedNanos when the message was sent, or 0
   */
  static String disconnected(long endedNanos, long flushedNanos, BufferUse use) {
    String who =
        endedNanos == 0
            ? "the board ends the connection"
            : flushedNanos == 0
                ? "the server has ended it before anything was sent"
                : "the server has ended its side %,d ms after the message"
                    .formatted(Math.max(0, endedNanos - flushedNanos) / 1_000_000);
    return use.held() == 0
        ? "%s; packet buffers: %d used, all free again".formatted(who, use.used())
        : "%s; %d of %d packet buffers are still held, which is a fault of wwep: please report it"
            .formatted(who, use.held(), use.used());
  }

  static String bytes(int length) {
    return length == 1 ? "1 byte" : "%,d bytes".formatted(length);
  }
}
