package io.wwep.board.script;

import io.wwep.board.Verification;
import java.time.Duration;
import java.util.List;

/** One step of a script. Immutable. */
sealed interface Step {

  /** Whether it sends a message. */
  default boolean sends() {
    return false;
  }

  /** Flips the LED and sends its state. */
  record Press(int button) implements Step {
    @Override
    public boolean sends() {
      return true;
    }
  }

  /** Sends the lecture's illegal packet. */
  record Illegal(boolean overTls) implements Step {
    @Override
    public boolean sends() {
      return true;
    }
  }

  /** Reads the LED's register back. */
  record ReadBack(boolean overTls) implements Step {
    @Override
    public boolean sends() {
      return true;
    }
  }

  /**
   * Sends bytes as they are.
   *
   * @param text with escapes, and with {@code {id}} for the device ID
   */
  record Send(boolean overTls, String text) implements Step {
    @Override
    public boolean sends() {
      return true;
    }
  }

  /** Does nothing for a while. */
  record Wait(Duration time) implements Step {}

  /** Changes the verification. */
  record Verify(Verification choice) implements Step {}

  /** Shows the client certificate from now on, or does not. */
  record Identity(boolean shown) implements Step {}

  /** Switches the LED, and sends nothing. */
  record Led(boolean on) implements Step {}

  /** Holds the message before it, or the board, against what should be. */
  record Expect(Expectation expectation) implements Step {}

  /** Plays steps again and again. */
  record Repeat(int times, List<Line> body) implements Step {}

  /**
   * A step and where it is written.
   *
   * @param number of the line, from 1 on
   * @param text the line, without spaces around it and without its comment
   * @param judged whether an {@code expect} behind it says how the message should have gone
   */
  record Line(int number, String text, Step step, boolean judged) {}
}
