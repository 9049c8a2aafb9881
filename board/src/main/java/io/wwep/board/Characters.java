package io.wwep.board;

import java.io.IOException;
import java.io.Reader;

/** What a keyboard sends, character by character. */
public interface Characters {

  /** Stands for no character. */
  int NONE = -1;

  /**
   * Waits for the next character and takes it.
   *
   * @return the character, or {@link #NONE} when no more will come
   * @throws IOException when the keyboard is gone
   */
  int next() throws IOException;

  /**
   * Looks at the next character without taking it, and waits no longer than a key needs to send its
   * characters one after the other.
   *
   * @return the character, or {@link #NONE} when none has come by then
   * @throws IOException when the keyboard is gone
   */
  int peek() throws IOException;

  /** Returns the characters of a reader, of which those come at once that it has at hand. */
  static Characters of(Reader reader) {
    return new Characters() {
      private int peeked = NONE;

      @Override
      public int next() throws IOException {
        int next = peeked == NONE ? reader.read() : peeked;
        peeked = NONE;
        return next;
      }

      @Override
      public int peek() throws IOException {
        if (peeked == NONE && reader.ready()) {
          peeked = reader.read();
        }
        return peeked;
      }
    };
  }
}
