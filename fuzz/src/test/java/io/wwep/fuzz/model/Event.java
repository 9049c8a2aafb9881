package io.wwep.fuzz.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One thing that happens to a connection from outside. A char of a text stands for a byte. */
public sealed interface Event {

  /** A pause lasts a multiple of this, so that no deadline is ever at its very end. */
  int PAUSE_STEP_MILLIS = 100;

  /**
   * The socket was read.
   *
   * @param bytes what came, perhaps nothing
   * @param last whether the server is told that nothing more is there for now
   */
  record Read(String bytes, boolean last) implements Event {}

  /** Nothing happens for {@code steps} times {@link #PAUSE_STEP_MILLIS}. */
  record Pause(int steps) implements Event {}

  /** The peer ends its side. */
  record HalfClose() implements Event {}

  /** The connection breaks. */
  record Abort() implements Event {}

  /** Commits take their time from now on. */
  record Hold() implements Event {}

  /** Commits that were held up are done. */
  record Release() implements Event {}

  /**
   * Reads an input as events. Bytes below F0 are bytes of the peer, so that an input can be read
   * and typed; those above say what happens besides:
   *
   * <pre>
   *   FF cut: the next read     FE n pause     FD half-close     FC abort     FB hold
   *   FA b the byte b itself    F9 cut, and more is there at once             F8 release
   * </pre>
   */
  static List<Event> parse(byte[] input) {
    List<Event> events = new ArrayList<>();
    StringBuilder read = new StringBuilder();
    String text = new String(input, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0xFA && i + 1 < text.length()) {
        read.append(text.charAt(++i));
      } else if (c < 0xF0) {
        read.append(c);
      } else {
        flush(read, c != 0xF9, events);
        if (c == 0xFE && i + 1 < text.length()) {
          events.add(new Pause(text.charAt(++i) % 64));
        } else {
          addSingle(c, events);
        }
      }
    }
    flush(read, true, events);
    return events;
  }

  private static void addSingle(char c, List<Event> events) {
    switch (c) {
      case 0xFD -> events.add(new HalfClose());
      case 0xFC -> events.add(new Abort());
      case 0xFB -> events.add(new Hold());
      case 0xF8 -> events.add(new Release());
      default -> {
        // a cut, or nothing yet
      }
    }
  }

  private static void flush(StringBuilder read, boolean last, List<Event> events) {
    if (read.length() > 0) {
      events.add(new Read(read.toString(), last));
      read.setLength(0);
    }
  }
}
