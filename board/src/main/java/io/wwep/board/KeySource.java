package io.wwep.board;

import java.io.IOException;
import java.io.Reader;

/** Where a board's keys come from: a terminal in raw mode, a pipe, a test. */
@FunctionalInterface
public interface KeySource {

  /**
   * Waits for the next key.
   *
   * @return a character, or -1 when no more will come
   * @throws IOException when the source fails; it counts as its end
   */
  int next() throws IOException;

  /** Returns the keys that a reader's characters are; line ends and spaces are no keys. */
  static KeySource of(Reader reader) {
    return new Keystrokes(Characters.of(reader));
  }
}
