package io.wwep.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds a {@link FrameParser} as a server does and writes down every call that it makes.
 *
 * <p>All reads come in one buffer that is overwritten after each of them, at changing offsets, so
 * that a parser which keeps a reference or ignores the bounds is found out.
 */
final class Recorder implements FrameSink {

  static final Neighbors NEIGHBORS = new Neighbors(27708, 40508, "http://127.0.0.1:27780/");

  /**
   * One call.
   *
   * @param what as in {@code read 0FAC0B}, {@code write 0FAC0B 1234}, {@code reject bad-digit} or
   *     {@code empty line}
   * @param received the bytes that the parser named for it; empty for an empty line
   * @param sentence of a rejection; empty otherwise
   */
  record Call(String what, String received, String sentence) {}

  final FrameParser parser;
  private final Neighbors neighbors;
  private final List<Call> calls = new ArrayList<>();
  private final byte[] buffer = new byte[256];
  private int reads;
  private boolean open = true;

  Recorder(boolean secure) {
    this(secure, NEIGHBORS);
  }

  Recorder(boolean secure, Neighbors neighbors) {
    this.neighbors = neighbors;
    parser = new FrameParser(secure, this);
  }

  static Recorder plain() {
    return new Recorder(false);
  }

  /** Feeds the reads until the parser ends the connection, as a server does. */
  Recorder feed(List<String> all) {
    for (String read : all) {
      if (open) {
        open = parse(read);
      }
    }
    return this;
  }

  Recorder feed(String... all) {
    return feed(List.of(all));
  }

  private boolean parse(String read) {
    byte[] bytes = Reads.bytes(read);
    int start = reads++ % 7;
    Arrays.fill(buffer, (byte) 'R');
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
    boolean goesOn = parser.parse(buffer, start, start + bytes.length);
    Arrays.fill(buffer, (byte) '\n');
    return goesOn;
  }

  boolean isOpen() {
    return open;
  }

  List<Call> calls() {
    return calls;
  }

  List<String> what() {
    return calls.stream().map(Call::what).toList();
  }

  List<String> received() {
    return calls.stream().map(Call::received).toList();
  }

  /** The only call there was. */
  Call only() {
    if (calls.size() != 1) {
      throw new AssertionError("one call expected, not " + calls);
    }
    return calls.get(0);
  }

  @Override
  public void read(int address) {
    note("read " + RegisterId.ofAddress(address), "");
  }

  @Override
  public void write(int address, int value) {
    note("write %s %04X".formatted(RegisterId.ofAddress(address), value), "");
  }

  @Override
  public void reject(RejectCode code) {
    Rejection rejection = parser.rejection(neighbors);
    if (rejection.code() != code
        || !rejection.received().equals(WireText.show(parser.received()))) {
      throw new AssertionError("rejection %s does not fit %s".formatted(rejection, code));
    }
    note("reject " + code.word(), rejection.sentence());
  }

  @Override
  public void emptyLine() {
    calls.add(new Call("empty line", "", ""));
  }

  private void note(String what, String sentence) {
    calls.add(new Call(what, Reads.text(parser.received()), sentence));
  }
}
