package io.wwep.board.script;

import io.wwep.board.Answer;
import io.wwep.board.Board;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a script expects. Immutable. */
sealed interface Expectation {

  /** Whether it is about the message before it, and not about the board. */
  default boolean isOfMessage() {
    return true;
  }

  /**
   * Whether it holds.
   *
   * @param last the message before it; null when it is about the board
   */
  boolean holds(Board board, Transmission last);

  /** Returns what there was instead, in words. */
  default String instead(Board board, Transmission last) {
    String what = last.received().isEmpty() ? last.answer().word() : last.received();
    return "%s came: %s".formatted(what, last.meaning());
  }

  /** A kind of reply, or none. */
  record OfAnswer(Answer answer) implements Expectation {
    @Override
    public boolean holds(Board board, Transmission last) {
      return last.answer() == answer;
    }
  }

  /** An {@code X} of a server that says why. */
  record OfCode(String code) implements Expectation {
    @Override
    public boolean holds(Board board, Transmission last) {
      return last.answer() == Answer.REJECTED && last.code().equals(code);
    }
  }

  /** Why there is no reply. */
  record OfVerdict(Verdict verdict) implements Expectation {
    @Override
    public boolean holds(Board board, Transmission last) {
      return last.verdict() == verdict;
    }
  }

  /**
   * The reply to the byte.
   *
   * @param text with {@code {id}} for the device ID, and {@code ?} for any character
   */
  record OfBytes(String text) implements Expectation {

    /** As it is shown; WWEP has none, and servers that print line by line send it. */
    private static final Pattern LINE_END = Pattern.compile("(\\\\x0[AD])+$");

    @Override
    public boolean holds(Board board, Transmission last) {
      String wanted = Placeholders.fill(text, board);
      String received = LINE_END.matcher(last.received()).replaceFirst("");
      return wanted.length() == received.length() && fits(wanted, received);
    }

    private static boolean fits(String wanted, String received) {
      for (int i = 0; i < wanted.length(); i++) {
        if (wanted.charAt(i) != '?' && wanted.charAt(i) != received.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A reply in time. */
  record Within(Duration time) implements Expectation {
    @Override
    public boolean holds(Board board, Transmission last) {
      return last.answer() != Answer.NONE && last.elapsed().compareTo(time) <= 0;
    }

    @Override
    public String instead(Board board, Transmission last) {
      return last.answer() == Answer.NONE
          ? Expectation.super.instead(board, last)
          : String.format(Locale.ROOT, "it took %.1f ms", last.elapsed().toNanos() / 1e6);
    }
  }

  /** The LED's state. */
  record OfLed(boolean on) implements Expectation {
    @Override
    public boolean isOfMessage() {
      return false;
    }

    @Override
    public boolean holds(Board board, Transmission last) {
      return board.isLedOn() == on;
    }

    @Override
    public String instead(Board board, Transmission last) {
      return board.isLedOn() ? "the LED is on" : "the LED is off";
    }
  }
}
