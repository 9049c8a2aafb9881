package io.wwep.fuzz;

import io.wwep.fuzz.model.Event;
import io.wwep.fuzz.model.FrameModel;
import io.wwep.fuzz.model.FrameModel.Found;
import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.Neighbors;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.WireText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Holds {@link FrameParser} against {@link FrameModel}, event by event. */
final class ParserCheck implements FrameSink {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Neighbors NEIGHBORS = new Neighbors(27708, 40508, null);

  private final FrameParser parser;
  private final List<Found> found = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private int reads;

  private ParserCheck(boolean secure) {
    parser = new FrameParser(secure, this);
  }

  /**
   * @param input the port in its first byte, then events
   * @throws AssertionError when the parser finds something else than the model
   */
  static void check(byte[] input, PlantedFault fault) {
    if (input.length == 0) {
      return;
    }
    boolean secure = (input[0] & 8) != 0;
    List<Event> events = Event.parse(Arrays.copyOfRange(input, 1, input.length));
    ParserCheck check = new ParserCheck(secure);
    check.feed(fault.apply(events));
    compare(modelled(secure, events), check);
  }

  private static void compare(ParserCheck expected, ParserCheck actual) {
    if (!expected.found.equals(actual.found) || !expected.states.equals(actual.states)) {
      throw new AssertionError(
          "by PROTOCOL.md: %s %s%nparser: %s %s"
              .formatted(expected.found, expected.states, actual.found, actual.states));
    }
  }

  private static ParserCheck modelled(boolean secure, List<Event> events) {
    ParserCheck expected = new ParserCheck(secure);
    FrameModel model = new FrameModel(secure);
    for (Event event : events) {
      if (event instanceof Event.Read read) {
        expected.found.addAll(model.read(read.bytes()));
        expected.note(!model.isClosed(), model.missing());
        if (model.isClosed()) {
          return expected;
        }
      } else if (ends(event)) {
        expected.found.addAll(model.stop());
        return expected;
      }
    }
    return expected;
  }

  private void feed(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.Read read) {
        boolean open = parse(read.bytes().getBytes(StandardCharsets.ISO_8859_1));
        note(open, parser.missing());
        if (!open) {
          return;
        }
      } else if (ends(event)) {
        stop(event);
        return;
      }
    }
  }

  private static boolean ends(Event event) {
    return event instanceof Event.Pause || event instanceof Event.HalfClose;
  }

  private void stop(Event event) {
    if (event instanceof Event.Pause) {
      parser.pause();
    } else {
      parser.end();
    }
  }

  private void note(boolean open, int missing) {
    states.add(open ? "lacks " + missing : "closed");
  }

  /** Feeds as a server does: from a buffer that is used for something else before and after. */
  private boolean parse(byte[] bytes) {
    int start = reads++ % 7;
    byte[] buffer = new byte[start + bytes.length + 3];
    Arrays.fill(buffer, (byte) 'R');
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
    boolean open = parser.parse(buffer, start, start + bytes.length);
    Arrays.fill(buffer, (byte) '\n');
    return open;
  }

  @Override
  public void read(int address) {
    note("read " + HEX.toHexDigits(address, 6));
  }

  @Override
  public void write(int address, int value) {
    note("write " + HEX.toHexDigits(address, 6) + " " + HEX.toHexDigits(value, 4));
  }

  @Override
  public void reject(RejectCode code) {
    Rejection rejection = parser.rejection(NEIGHBORS);
    boolean fits =
        rejection.code() == code && rejection.received().equals(WireText.show(parser.received()));
    if (!fits) {
      throw new AssertionError("%s does not fit %s".formatted(rejection, code));
    }
    note("reject " + code.word());
  }

  @Override
  public void emptyLine() {
    found.add(new Found("empty line", ""));
  }

  private void note(String what) {
    found.add(new Found(what, new String(parser.received(), StandardCharsets.ISO_8859_1)));
  }
}
