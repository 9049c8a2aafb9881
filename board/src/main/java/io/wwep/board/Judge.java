package io.wwep.board;

import io.wwep.client.RawExchange;
import io.wwep.protocol.Reply;
import java.util.Optional;

/** Compares what came back with what should have come; one kind for each kind of message. */
abstract class Judge {

  static final String LOOK_THERE = "the server's console or log says why";

  /** Returns how many replies there should be, 1 or more. */
  int replies() {
    return 1;
  }

  final Judgement judge(RawExchange exchange) {
    if (isReplied(exchange)) {
      Optional<Reply.Rejected> rejected = rejection(exchange);
      return rejected.isPresent()
          ? rejected(rejected.get().explanation())
          : accepted((Reply.Accepted) exchange.replies().get(0), LineEnds.strip(exchange));
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

  /** Returns what was answered, and {@code NONE} where it is not a reply as it should be. */
  final Answer answer(RawExchange exchange) {
    if (!isReplied(exchange)) {
      return Answer.NONE;
    }
    return rejection(exchange).isPresent() ? Answer.REJECTED : Answer.ACCEPTED;
  }

  /** A server closes behind an illegal frame; what was sent after it has no reply. */
  private boolean isReplied(RawExchange exchange) {
    return LineEnds.isReplied(exchange, replies())
        || (exchange.ending() == RawExchange.Ending.CLOSED && rejection(exchange).isPresent());
  }

  /** Returns the first rejection among the replies. */
  static Optional<Reply.Rejected> rejection(RawExchange exchange) {
    return exchange.replies().stream()
        .filter(Reply.Rejected.class::isInstance)
        .map(Reply.Rejected.class::cast)
        .findFirst();
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
