package io.wwep.conformance.cases;

import java.util.Locale;

/** A clause of PROTOCOL.md. */
public enum Clause {
  MESSAGES(
      "Messages",
      "writes and reads",
      "compare the reply with the table of PROTOCOL.md, byte by byte"),
  ILLEGAL(
      "Messages",
      "everything else is illegal",
      "answer X to whatever is neither R with 6 hex digits nor W with 10, and store nothing"),
  DOORS("Messages", "both ports are doors to the same registers", "give both ports one database"),
  COMPLETE(
      "Frames in a stream, 1",
      "the last digit completes a frame",
      "collect bytes until the frame is complete, however many reads that takes"),
  LINE_ENDS(
      "Frames in a stream, 2",
      "line ends between frames are skipped",
      "skip CR and LF where a frame may begin"),
  INSIDE(
      "Frames in a stream, 3",
      "a line end or a pause inside a frame",
      "answer X when a frame has begun and a line end comes, or nothing for 150 ms"),
  FIRST_BAD_BYTE(
      "Frames in a stream, 4",
      "the first byte that cannot continue a frame",
      "answer one X and skip to the next LF; close where it has not come in the same read"),
  OVER_LONG(
      "Frames in a stream, 5",
      "too long is illegal too",
      "look at the byte behind the frame where it came in the same read"),
  PIPELINING(
      "Frames in a stream, 6",
      "requests may be pipelined",
      "answer each frame of a read, in order, and keep what is left of it for the next"),
  HALF_CLOSE(
      "Frames in a stream, 7",
      "after a half-close everything owed is sent",
      "answer what came before the client's end, a partial frame with X, and close then"),
  EMPTY(
      "Frames in a stream, 8",
      "a connection without a byte gets no reply",
      "send nothing where nothing came"),
  STRANGERS(
      "Frames in a stream",
      "HTTP and TLS where WWEP should be",
      "answer one X to the whole, and close"),
  LIFETIME(
      "How long a connection lives",
      "linger, session, silence",
      "close 250 ms after the first reply, and let a second frame or an empty line keep it open"),
  CLEAN_CLOSE(
      "How long a connection lives",
      "it closes with FIN, and close_notify on TLS",
      "end the output first, and read what still comes before closing: unread bytes make it an RST"),
  ORDER(
      "Durability and order",
      "each register is linearizable",
      "let a write take effect before its reply leaves, for all connections alike");

  private final String section;
  private final String words;
  private final String cure;

  Clause(String section, String words, String cure) {
    this.section = section;
    this.words = words;
    this.cure = cure;
  }

  /** Returns the section of PROTOCOL.md, with the number of the rule where it has one. */
  public String section() {
    return section;
  }

  /** Returns what it says, in a few words. */
  public String words() {
    return words;
  }

  /** Returns what a server has to do, as a clause without a full stop. */
  public String cure() {
    return cure;
  }

  /** Returns the name as programs read it: {@code first-bad-byte}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
