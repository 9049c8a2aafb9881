package io.wwep.board.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of a picture. Immutable; each character takes one column.
 *
 * @param spans its pieces, from left to right
 */
public record Line(List<Span> spans) {

  /** What a piece of text is, for who has colours. */
  public enum Tone {
    /** Text. */
    PLAIN,
    /** What is there to be found, not to be read first. */
    FAINT,
    /** What is read first. */
    STRONG,
    /** A light that is on. */
    LIT,
    /** What went well. */
    GOOD,
    /** What did not. */
    BAD
  }

  /**
   * Text of one tone.
   *
   * @param text printable characters, one column each
   * @param tone what it is
   */
  public record Span(String text, Tone tone) {}

  /** Copies the pieces. */
  public Line {
    spans = List.copyOf(spans);
  }

  static Line of(String text, Tone tone) {
    return new Line(List.of(new Span(text, tone)));
  }

  static Line of(String text) {
    return of(text, Tone.PLAIN);
  }

  /** Returns the text without its tones. */
  public String text() {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }

  Line and(String text, Tone tone) {
    List<Span> more = new ArrayList<>(spans);
    more.add(new Span(text, tone));
    return new Line(more);
  }

  Line and(String text) {
    return and(text, Tone.PLAIN);
  }

  Line and(Line line) {
    List<Span> more = new ArrayList<>(spans);
    more.addAll(line.spans);
    return new Line(more);
  }

  /** Returns the line cut or filled to so many columns. */
  Line fit(int columns) {
    List<Span> fitting = new ArrayList<>();
    int room = columns;
    for (Span span : spans) {
      int length = Math.min(room, span.text.length());
      fitting.add(new Span(span.text.substring(0, length), span.tone));
      room -= length;
    }
    fitting.add(new Span(" ".repeat(room), Tone.PLAIN));
    return new Line(fitting);
  }
}
