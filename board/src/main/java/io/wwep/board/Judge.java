package io.wwep.board;

import io.wwep.client.RawExchange;
import io.wwep.protocol.Reply;

/** Compares what came back with what should have come; one kind for each kind of message. */
abstract class Judge {

  static final String LOOK_THERE = "the server's console or log says why";

  final Judgement judge(RawExchange exchange) {
    if (LineEnds.isReplied(exchange, 1)) {
      return exchange.replies().get(0) instanceof Reply.Accepted accepted
          ? accepted(accepted, LineEnds.strip(exchange))
          : rejected(((Reply.Rejected) exchange.replies().get(0)).explanation());
    }
    return switch (exchange.ending()) {
      case TIMED_OUT ->
          noReply("no complete reply within the time: is it a WWEP server, and is it busy?");
      case CLOSED ->
          noReply("the server closed without a complete reply" + why(exchange, "its log says why"));
      case BROKEN ->
          noReply(
              "the connection broke before the reply (%s)%s"
                  .formatted(
                      exchange.problem().orElse("no reason given"), why(exchange, LOOK_THERE)));
      default -> wrong("this is no WWEP reply: check host and port");
    };
  }

  private static String why(RawExchange exchange, String otherwise) {
    return exchange.suspicion().map(", "::concat).orElse(": " + otherwise);
  }

  /**
   * @param received what came, line ends behind it aside: usually the reply and nothing else
   */
  abstract Judgement accepted(Reply.Accepted reply, String received);

  abstract Judgement rejected(String explanation);

  static Judgement fine(String meaning) {
    return new Judgement(Verdict.FINE, meaning);
  }

  static Judgement wrong(String meaning) {
    return new Judgement(Verdict.WRONG_REPLY, "wrong reply: " + meaning);
  }

  static Judgement unexpectedRejection(String explanation, String meaning) {
    String code = explanation.isEmpty() ? "" : " (" + explanation + ")";
    return new Judgement(Verdict.UNEXPECTED_REJECTION, "rejected" + code + ": " + meaning);
  }

  /** Returns a value as the LED shows it. */
  static String ledState(int value) {
    return switch (value) {
      case 0 -> "0000, LED off";
      case 1 -> "0001, LED on";
      default -> "%04X, which is no state of an LED".formatted(value);
    };
  }

  private static Judgement noReply(String meaning) {
    return new Judgement(Verdict.NO_REPLY, meaning);
  }
}
