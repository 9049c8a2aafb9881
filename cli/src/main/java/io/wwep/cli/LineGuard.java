package io.wwep.cli;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets no line through that would fill the memory, and no NUL, which is in no text; takes away the
 * mark that some programs begin a file with (BOM).
 */
final class LineGuard extends FilterReader {

  /** Ten times what a row takes. */
  static final int LINE_CHARS_MAX = 2000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String form;
  private long line = 1;
  private int length;
  private boolean begun;

  /**
   * @param form what the text should be, as in {@code CSV}
   */
  LineGuard(Reader in, String form) {
    super(in);
    this.form = form;
  }

  /** A line that cannot be taken. */
  static final class BadLine extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;

    BadLine(long line, String what) {
      super(what);
      this.line = line;
    }

    long line() {
      return line;
    }
  }

  @Override
  public int read(char[] chars, int start, int count) throws IOException {
    int read = in.read(chars, start, count);
    if (!begun && read > 0) {
      begun = true;
      if (chars[start] == BYTE_ORDER_MARK) {
        System.arraycopy(chars, start + 1, chars, start, --read);
      }
    }
    for (int i = start; i < start + read; i++) {
      check(chars[i]);
    }
    // Nothing but the mark is no end yet.
    return read == 0 && count > 0 ? read(chars, start, count) : read;
  }

  private void check(char c) throws BadLine {
    if (c == '\n') {
      line++;
      length = 0;
    } else if (c == 0) {
      throw new BadLine(
          line,
          "there is a NUL, so it is no text in UTF-8: save the file as %s in UTF-8"
              .formatted(form));
    } else if (++length > LINE_CHARS_MAX) {
      throw new BadLine(
          line,
          "it has more than %d characters: give each row a line of its own"
              .formatted(LINE_CHARS_MAX));
    }
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }
}
