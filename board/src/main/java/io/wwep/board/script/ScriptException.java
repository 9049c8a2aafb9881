package io.wwep.board.script;

import java.util.List;

/** A script cannot be understood. The message says what is wrong and what to do instead. */
public final class ScriptException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final transient Guess guess;

  /**
   * A word that nobody knows, and those that there are.
   *
   * @param word as it was typed
   * @param known the words to choose from
   */
  public record Guess(String word, List<String> known) {}

  ScriptException(int line, int column, String message) {
    this(line, column, message, new Guess("", List.of()));
  }

  ScriptException(int line, int column, String message, Guess guess) {
    super(message);
    this.line = line;
    this.column = column;
    this.guess = guess;
  }

  /** Returns the line, from 1 on. */
  public int line() {
    return line;
  }

  /** Returns the character of the line, from 1 on. */
  public int column() {
    return column;
  }

  /** Returns the word that may be a typing error; empty, with no words to choose from, if none. */
  public Guess guess() {
    return guess;
  }
}
