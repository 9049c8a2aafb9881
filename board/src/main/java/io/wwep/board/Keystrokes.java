package io.wwep.board;

import java.io.IOException;

/**
 * Keys as a person presses them. A function key or an arrow sends several characters, ESC first
 * (ECMA-48, 5.4), and the others must not be taken for keys: F5 is ESC [ 1 5 ~, and would press
 * button 1. Such a sequence counts as the one key {@link #ESCAPE}, and so does ESC alone.
 *
 * <p>Owned by the thread that asks for keys.
 */
public final class Keystrokes implements KeySource {

  /** The key that stands for every key with a sequence. */
  static final int ESCAPE = 0x1B;

  private final Characters characters;

  /**
   * @param characters what the keyboard sends
   */
  public Keystrokes(Characters characters) {
    this.characters = characters;
  }

  @Override
  public int next() throws IOException {
    int key = characters.next();
    if (key == ESCAPE) {
      skipSequence();
    }
    return key;
  }

  private void skipSequence() throws IOException {
    while (characters.peek() == ESCAPE) {
      characters.next(); // Alt and a key that has a sequence of its own.
    }
    int introducer = skipWithin(' ', '~');
    if (introducer == '[' && characters.peek() == '[') {
      characters.next(); // Linux's own console has F1 to F5 as ESC [ [ A to E.
      skipWithin('A', 'E');
    } else if (introducer == '[' || introducer == 'O') {
      skipParameters();
      skipWithin('@', '~');
    }
  }

  private void skipParameters() throws IOException {
    int skipped = skipWithin(' ', '?');
    while (skipped != Characters.NONE) {
      skipped = skipWithin(' ', '?');
    }
  }

  /** Takes a character that comes at once and lies between these two; any other one stays. */
  private int skipWithin(char first, char last) throws IOException {
    int next = characters.peek();
    return next >= first && next <= last ? characters.next() : Characters.NONE;
  }
}
