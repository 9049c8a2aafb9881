package io.wwep.console.api;

import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.Neighbors;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server makes of bytes that come in one read, as far as bytes alone tell. */
final class SentFrames implements FrameSink {

  private final Neighbors neighbors;
  private final FrameParser parser;
  private final byte[] bytes;
  private final List<Request> requests = new ArrayList<>();
  private int rejections;
  private Rejection firstRejection;
  private int wrongByte = Rejection.NO_BYTE;

  private SentFrames(byte[] bytes, boolean secure, Neighbors neighbors) {
    this.bytes = bytes;
    this.neighbors = neighbors;
    parser = new FrameParser(secure, this);
  }

  /**
   * Looks at them.
   *
   * @param secure whether they are sent over TLS
   */
  static SentFrames of(byte[] bytes, boolean secure, Neighbors neighbors) {
    SentFrames frames = new SentFrames(bytes, secure, neighbors);
    if (frames.parser.parse(bytes, 0, bytes.length)) {
      frames.parser.pause();
    }
    return frames;
  }

  /** Returns how many replies are to be expected. */
  int replies() {
    return requests.size() + rejections;
  }

  /** Returns what the legal frames ask for, in their order. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Returns why the first illegal frame is rejected; null where all are legal. */
  Rejection firstRejection() {
    return firstRejection;
  }

  /** Returns which of the bytes spoils the first illegal frame, or {@link Rejection#NO_BYTE}. */
  int wrongByte() {
    return wrongByte;
  }

  @Override
  public void read(int address) {
    requests.add(new Request.Read(RegisterId.ofAddress(address)));
  }

  @Override
  public void write(int address, int value) {
    requests.add(new Request.Write(RegisterId.ofAddress(address), value));
  }

  @Override
  public void reject(RejectCode code) {
    rejections++;
    if (firstRejection == null) {
      firstRejection = parser.rejection(neighbors);
      if (firstRejection.wrongByte() != Rejection.NO_BYTE) {
        wrongByte = beginning(parser.received()) + firstRejection.wrongByte();
      }
    }
  }

  /** An illegal frame ends with its line, or with all that there is. */
  private int beginning(byte[] frame) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    String part = new String(frame, StandardCharsets.ISO_8859_1);
    return Math.max(0, part.endsWith("\n") ? all.indexOf(part) : all.lastIndexOf(part));
  }

  @Override
  public void emptyLine() {
    // Nothing comes back.
  }
}
