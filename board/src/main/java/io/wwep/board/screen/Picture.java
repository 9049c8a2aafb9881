package io.wwep.board.screen;

import io.wwep.board.screen.Line.Tone;
import java.util.ArrayList;
import java.util.List;

/** Draws a board: the board itself, then its serial port, then its keys. */
final class Picture {

  /** From this size on there is room for buttons that look like some. */
  private static final Screen.Size ROOMY = new Screen.Size(80, 18);

  private static final int SERIAL_ROWS_MIN = 3;
  private static final String KEYS =
      "0 1 press  x illegal  r read back  v verify  c certificate  ? help  q quit";
  private static final String KEYS_SHORT = "0 1 x r v c  ? help  q quit";

  private final Glyphs glyphs;
  private final Screen.Size size;

  Picture(Glyphs glyphs, Screen.Size size) {
    this.glyphs = glyphs;
    this.size = size;
  }

  /** Returns as many lines as the screen has rows, each as wide as the screen. */
  List<Line> draw(Panel panel, SerialPort serial) {
    boolean roomy = size.columns() >= ROOMY.columns() && size.rows() >= ROOMY.rows();
    List<Line> board = roomy ? roomy(panel) : tight(panel);
    int boardRows = Math.max(1, Math.min(board.size(), size.rows() - 3 - SERIAL_ROWS_MIN));
    int serialRows = Math.max(0, size.rows() - boardRows - 3);
    List<Line> lines = new ArrayList<>();
    lines.add(edge(glyphs.topLeft(), title(panel), glyphs.topRight()));
    board.stream().limit(boardRows).map(this::framed).forEach(lines::add);
    lines.add(edge(glyphs.left(), "serial port", glyphs.right()));
    List<Line> printed = serial.last(serialRows, inner(), glyphs);
    printed.stream().map(this::framed).forEach(lines::add);
    for (int i = printed.size(); i < serialRows; i++) {
      lines.add(framed(Line.of("")));
    }
    lines.add(edge(glyphs.bottomLeft(), keys(), glyphs.bottomRight()));
    return lines.stream().limit(size.rows()).map(line -> line.fit(size.columns())).toList();
  }

  private static String title(Panel panel) {
    return "board " + panel.device();
  }

  private String keys() {
    return KEYS.length() <= inner() - 2 ? KEYS : KEYS_SHORT;
  }

  /** What fits between the frame and a space on both sides. */
  private int inner() {
    return Math.max(1, size.columns() - 4);
  }

  private Line edge(String left, String words, String right) {
    int rest = Math.max(0, size.columns() - words.length() - 5);
    return Line.of(left + glyphs.level() + " ", Tone.FAINT)
        .and(words, Tone.STRONG)
        .and(" " + glyphs.level().repeat(rest) + right, Tone.FAINT);
  }

  private Line framed(Line content) {
    return Line.of(glyphs.upright() + " ", Tone.FAINT)
        .and(content.fit(inner()))
        .and(" " + glyphs.upright(), Tone.FAINT);
  }

  // ---- the board

  private List<Line> roomy(Panel panel) {
    String line = glyphs.level().repeat(7);
    String top = glyphs.topLeft() + line + glyphs.topRight();
    String bottom = glyphs.bottomLeft() + line + glyphs.bottomRight();
    String side = glyphs.upright();
    String gap = "  ";
    String empty = " ".repeat(7);
    return List.of(
        Line.of("  LED    " + top + gap + top + "   ").and(named("MAC", panel.mac())),
        Line.of("  ")
            .and(led(panel))
            .and(" ".repeat(7 - light(panel).length()))
            .and("%s   0   %s%s%s   1   %s   ".formatted(side, side, gap, side, side))
            .and(named("device ID", panel.device() + ", sum of the MAC's octets")),
        Line.of("  %-7s".formatted(state(panel)))
            .and("%s plain %s%s%s  TLS  %s   ".formatted(side, side, gap, side, side))
            .and(named("IP", panel.ip())),
        Line.of("  " + empty + bottom + gap + bottom + "   ").and(named("server", panel.server())),
        Line.of(" ".repeat(32)).and(named("ports", panel.ports())),
        Line.of("  ").and(named("verification", panel.verification())),
        Line.of("  ").and(named("certificate ", panel.certificate())));
  }

  private List<Line> tight(Panel panel) {
    return List.of(
        Line.of("LED ").and(led(panel)).and(" %-3s  [0] plain  [1] TLS".formatted(state(panel))),
        Line.of("MAC ").and(text(panel.mac())),
        Line.of("IP ").and(text(panel.ip())),
        Line.of("to ").and(text(panel.server())),
        Line.of("verify ").and(text(panel.verification())),
        Line.of("cert ").and(text(panel.certificate())));
  }

  private Line named(String name, String words) {
    return Line.of("%-9s ".formatted(name), Tone.FAINT).and(text(words));
  }

  private Line text(String words) {
    return Line.of(glyphs.clean(words));
  }

  private Line led(Panel panel) {
    return Line.of(light(panel), panel.lit() ? Tone.LIT : Tone.PLAIN);
  }

  private String light(Panel panel) {
    return panel.lit() ? glyphs.lit : glyphs.dark;
  }

  private static String state(Panel panel) {
    return panel.lit() ? "on" : "off";
  }
}
