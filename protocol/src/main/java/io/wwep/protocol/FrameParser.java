package io.wwep.protocol;

import java.util.Arrays;

/**
 * Cuts the bytes of one connection into frames: the server's side of the wire.
 *
 * <p>A state machine that sees each byte once, keeps no byte of a legal stream and allocates
 * nothing unless {@link #received()} or {@link #rejection} is asked for. It decides every rule of
 * PROTOCOL.md that depends on bytes alone; those that depend on time ({@link #pause}) or on the
 * connection's end ({@link #end}) are told to it.
 *
 * <pre>
 *              R, W                        last digit, and then nothing, CR, LF, R or W
 *   BETWEEN ----------> IN FRAME (1..10) ---------------------------------------------> BETWEEN
 *    |  ^  CR, LF         |
 *    |  +---              | anything else
 *    | anything else      v
 *    +--------------> REJECT: one X, skip to the next LF of this read -----------------> BETWEEN
 *                              no LF in this read, HTTP or TLS ------------------------> CLOSED
 * </pre>
 *
 * <p>One instance belongs to one connection and to the thread that feeds it.
 */
public final class FrameParser {

  private final boolean secure;
  private final FrameSink sink;

  /** Bytes of the current frame so far: 0 between frames, at most 10 inside one. */
  private int length;

  private boolean write;
  private long digits;
  private boolean frameOnLine;

  /** Whether what comes next is the rest of a line that was rejected for a pause. */
  private boolean skipsLine;

  /** Bytes of the current frame that came in earlier reads, for the diagnosis alone. */
  private final byte[] carried = new byte[Wwep.WRITE_LENGTH];

  private int carriedLength;

  // What the current callback is about; valid only while it runs.
  private byte[] read = carried;
  private int from;
  private int to;
  private int next;
  private RejectCode code;
  private Rejection.Ending ending;

  /**
   * @param secure whether the stream came out of TLS, where a TLS handshake is only a wrong byte
   * @param sink receives what is found
   */
  public FrameParser(boolean secure, FrameSink sink) {
    this.secure = secure;
    this.sink = sink;
  }

  /** Whether a frame has begun and is not complete, so that a pause now makes it illegal. */
  public boolean inFrame() {
    return length > 0;
  }

  /** Returns how many bytes the unfinished frame lacks, 1 to 10; 0 between frames. */
  public int missing() {
    return length == 0 ? 0 : expected() - length;
  }

  /**
   * Parses one read.
   *
   * @param bytes holds the read from {@code start} to {@code limit}; only used during the call
   * @return whether the connection goes on; otherwise the replies so far are its last
   */
  public boolean parse(byte[] bytes, int start, int limit) {
    read = bytes;
    to = limit;
    from = start;
    int first = skipsLine ? skipLine(bytes, start) : start;
    if (first < 0) {
      return false;
    }
    for (int i = first; i < limit; ) {
      int step = length == 0 ? between(bytes, i) : inside(bytes, i);
      if (step < 0) {
        return false;
      }
      i = step;
    }
    carry();
    return true;
  }

  /** Returns the index behind the line's end, or -1 when it is not in this read. */
  private int skipLine(byte[] bytes, int start) {
    for (int i = start; i < to; i++) {
      if (bytes[i] == '\n') {
        skipsLine = false;
        return i + 1;
      }
    }
    return -1;
  }

  /** Takes a byte between frames; returns the index of the byte to go on with, or -1 to close. */
  private int between(byte[] bytes, int i) {
    byte b = bytes[i];
    if (b == 'W' || b == 'R') {
      write = b == 'W';
      digits = 0;
      length = 1;
      from = i;
      carriedLength = 0;
      return i + 1;
    }
    if (b == '\n') {
      if (!frameOnLine) {
        sink.emptyLine();
      }
      frameOnLine = false;
      return i + 1;
    }
    if (b == '\r') {
      return i + 1;
    }
    from = i;
    carriedLength = 0;
    return reject(foreign(bytes, i), i);
  }

  /** Takes a byte inside a frame; returns the index of the byte to go on with, or -1 to close. */
  private int inside(byte[] bytes, int i) {
    int digit = Hex.value(bytes[i]);
    if (digit < 0) {
      boolean lineEnd = bytes[i] == '\n' || bytes[i] == '\r';
      ending = Rejection.Ending.LINE_END;
      return reject(lineEnd ? RejectCode.INCOMPLETE : RejectCode.BAD_DIGIT, i);
    }
    digits = digits << 4 | digit;
    length++;
    if (length < expected()) {
      return i + 1;
    }
    if (i + 1 < to && !continuesStream(bytes[i + 1])) {
      return reject(RejectCode.TOO_LONG, i + 1);
    }
    accept(i + 1);
    return i + 1;
  }

  private void accept(int end) {
    next = end;
    length = 0;
    frameOnLine = true;
    if (write) {
      sink.write((int) (digits >>> 16), (int) digits & RegisterId.VALUE_MAX);
    } else {
      sink.read((int) digits);
    }
  }

  /** Rejects the frame that the byte at {@code at} spoils, and skips to the next line. */
  private int reject(RejectCode why, int at) {
    int lineEnd = at;
    while (lineEnd < to && read[lineEnd] != '\n') {
      lineEnd++;
    }
    boolean closes = lineEnd == to || why == RejectCode.HTTP || why == RejectCode.TLS_ON_PLAIN_PORT;
    next = closes ? to : lineEnd + 1;
    code = why;
    sink.reject(why);
    length = 0;
    frameOnLine = false;
    return closes ? -1 : next;
  }

  /**
   * Tells the parser that the peer has been silent for the frame timeout; an unfinished frame gets
   * its X. The connection ends, unless one more read is at hand that has the line's end.
   */
  public void pause() {
    skipsLine = length > 0;
    stop(Rejection.Ending.PAUSE);
  }

  /** Tells the parser that the peer has ended its side; an unfinished frame gets its X. */
  public void end() {
    stop(Rejection.Ending.CLOSE);
  }

  private void stop(Rejection.Ending how) {
    if (length == 0) {
      return;
    }
    ending = how;
    from = 0;
    to = 0;
    next = 0;
    code = RejectCode.INCOMPLETE;
    sink.reject(code);
    length = 0;
  }

  /** Returns the bytes of the frame that the running callback is about; allocates. */
  public byte[] received() {
    byte[] bytes = Arrays.copyOf(carried, carriedLength + Math.max(0, next - from));
    System.arraycopy(read, from, bytes, carriedLength, next - from);
    return bytes;
  }

  /**
   * Explains the X that the running {@link FrameSink#reject} is about; allocates.
   *
   * @param neighbors the doors that a lost peer is shown
   */
  public Rejection rejection(Neighbors neighbors) {
    byte[] received = received();
    return switch (code) {
      case INCOMPLETE -> Rejection.incomplete(length, expected(), ending, received);
      case TOO_LONG -> Rejection.tooLong(expected(), received[expected()], received);
      case BAD_DIGIT -> Rejection.badDigit(length + 1, received[length], received);
      case TLS_ON_PLAIN_PORT -> Rejection.tlsOnPlainPort(neighbors.tlsPort(), received);
      case HTTP -> Rejection.http(neighbors.consoleUrl(), received);
      default -> Rejection.badCommand(received[0], received);
    };
  }

  private int expected() {
    return write ? Wwep.WRITE_LENGTH : Wwep.READ_LENGTH;
  }

  private RejectCode foreign(byte[] bytes, int i) {
    if (OtherProtocols.startsHttp(bytes, i, to)) {
      return RejectCode.HTTP;
    }
    return !secure && OtherProtocols.startsTls(bytes, i, to)
        ? RejectCode.TLS_ON_PLAIN_PORT
        : RejectCode.BAD_COMMAND;
  }

  private static boolean continuesStream(byte b) {
    return b == 'R' || b == 'W' || b == '\r' || b == '\n';
  }

  /** Keeps the unfinished frame's bytes: the buffer of this read is not ours. */
  private void carry() {
    if (length > 0) {
      System.arraycopy(read, from, carried, carriedLength, to - from);
      carriedLength += to - from;
    }
    read = carried;
  }
}
