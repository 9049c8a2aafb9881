package io.wwep.tap.change;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the bytes of one direction into frames and what lies between them. A frame that has begun is
 * held until it is whole, or {@link #release()} is called; at most ten bytes are held.
 *
 * <p>One thread.
 */
final class FrameCutter {

  private static final int WRITE_LENGTH = 11;
  private static final int READ_LENGTH = 7;

  private final boolean replies;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(WRITE_LENGTH);
  private final ByteArrayOutputStream other = new ByteArrayOutputStream();
  private List<Piece> pieces = new ArrayList<>();
  private int expected;

  /** Bytes to come of a frame whose beginning was released. */
  private int rest;

  /** Whether what comes is behind an illegal frame on its line. */
  private boolean spoilt;

  /**
   * @param replies whether these are replies and not requests
   */
  FrameCutter(boolean replies) {
    this.replies = replies;
  }

  /** Whether the beginning of a frame is held. */
  boolean holds() {
    return held.size() > 0;
  }

  /** Returns what is held, and lets the rest of its frame pass too. */
  byte[] release() {
    rest = expected - held.size();
    byte[] bytes = held.toByteArray();
    held.reset();
    return bytes;
  }

  /** Cuts one read; what is held of it comes with a later one. */
  List<Piece> cut(byte[] bytes, int length) {
    pieces = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      if (rest > 0) {
        passRest(bytes[i]);
      } else if (held.size() > 0) {
        continueFrame(bytes, i, length);
      } else if (!spoilt && begins(bytes[i])) {
        begin(bytes[i]);
      } else if (replies && bytes[i] == 'X') {
        i = rejection(bytes, i, length) - 1;
      } else {
        passOther(bytes[i]);
      }
    }
    endOther();
    return pieces;
  }

  private boolean begins(byte b) {
    return replies ? b == 'A' : b == 'W' || b == 'R';
  }

  private void begin(byte b) {
    expected = b == 'R' ? READ_LENGTH : WRITE_LENGTH;
    held.write(b);
  }

  private void continueFrame(byte[] bytes, int i, int length) {
    held.write(bytes[i]);
    boolean digit = isDigit(bytes[i]);
    if (digit && held.size() < expected) {
      return;
    }
    // With one byte more in the same read that starts no frame, the whole is illegal.
    boolean tooLong = !replies && i + 1 < length && !continuesStream(bytes[i + 1]);
    if (digit && !tooLong) {
      endOther();
      pieces.add(new Piece(held.toByteArray(), Piece.Kind.FRAME));
    } else {
      other.writeBytes(held.toByteArray());
      spoilt = !replies && bytes[i] != '\n';
    }
    held.reset();
  }

  /** An X is a frame with the explanation behind it; returns the index behind both. */
  private int rejection(byte[] bytes, int start, int length) {
    int end = start + 1;
    while (end < length && isExplanation(bytes[end])) {
      end++;
    }
    endOther();
    byte[] frame = new byte[end - start];
    System.arraycopy(bytes, start, frame, 0, frame.length);
    pieces.add(new Piece(frame, Piece.Kind.FRAME));
    return end;
  }

  private void passRest(byte b) {
    endOther();
    rest = isDigit(b) ? rest - 1 : 0;
    boolean ends = rest == 0;
    pieces.add(new Piece(new byte[] {b}, ends ? Piece.Kind.REST : Piece.Kind.OTHER));
  }

  private void passOther(byte b) {
    other.write(b);
    spoilt = !replies && b != '\n' && (spoilt || b != '\r');
  }

  private void endOther() {
    if (other.size() > 0) {
      pieces.add(new Piece(other.toByteArray(), Piece.Kind.OTHER));
      other.reset();
    }
  }

  private static boolean continuesStream(byte b) {
    return b == 'W' || b == 'R' || b == '\r' || b == '\n';
  }

  private static boolean isDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'F') || (b >= 'a' && b <= 'f');
  }

  private static boolean isExplanation(byte b) {
    return b == ' ' || b == '-' || (b >= 'a' && b <= 'z');
  }
}
