package io.wwep.protocol;

/**
 * Receives what {@link FrameParser} finds in a stream, in the order of the stream. Methods are
 * called on the thread that feeds the parser and must not throw.
 */
public interface FrameSink {

  /** A complete read of {@code address}, 0 to 16,777,215. */
  void read(int address);

  /** A complete write of {@code value}, 0 to 65,535, to {@code address}. */
  void write(int address, int value);

  /**
   * An illegal frame, to be answered with one {@code X}. During the call {@link
   * FrameParser#rejection} tells the rest.
   */
  void reject(RejectCode code);

  /** A line end on a line that held nothing: a person at a terminal, or a keep-alive. */
  void emptyLine();
}
