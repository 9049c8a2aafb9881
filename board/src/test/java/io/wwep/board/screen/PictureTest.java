package io.wwep.board.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.board.screen.Line.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn of a board. */
class PictureTest {

  private static final Panel PANEL =
      new Panel(
          true,
          "018C",
          "00:A0:50:12:34:56",
          "192.168.1.77",
          "wwep.lab → 192.168.1.5",
          "27708 plain, 40508 TLS",
          "root, the CAs in ca.pem",
          "CN=018C");

  private final SerialPort serial = new SerialPort();

  private List<String> draw(Glyphs glyphs, int columns, int rows) {
    return new Picture(glyphs, new Screen.Size(columns, rows))
        .draw(PANEL, serial).stream().map(Line::text).toList();
  }

  @Test
  void shouldDrawABoardWithItsSerialPort() {
    serial.print("board up", Tone.PLAIN);
    serial.print("  accepted: the server stored 0001, LED on", Tone.GOOD);
    assertThat(draw(Glyphs.UNICODE, 80, 18))
        .containsExactly(
            "┌─ board 018C ─────────────────────────────────────────────────────────────────┐",
            "│   LED    ┌───────┐  ┌───────┐   MAC       00:A0:50:12:34:56                  │",
            "│   ●      │   0   │  │   1   │   device ID 018C, sum of the MAC's octets      │",
            "│   on     │ plain │  │  TLS  │   IP        192.168.1.77                       │",
            "│          └───────┘  └───────┘   server    wwep.lab → 192.168.1.5             │",
            "│                                 ports     27708 plain, 40508 TLS             │",
            "│   verification root, the CAs in ca.pem                                       │",
            "│   certificate  CN=018C                                                       │",
            "├─ serial port ────────────────────────────────────────────────────────────────┤",
            "│ board up                                                                     │",
            "│   accepted: the server stored 0001, LED on                                   │",
            "│                                                                              │",
            "│                                                                              │",
            "│                                                                              │",
            "│                                                                              │",
            "│                                                                              │",
            "│                                                                              │",
            "└─ 0 1 press  x illegal  r read back  v verify  c certificate  ? help  q quit ─┘");
  }

  @Test
  void shouldFitASmallTerminalWithoutUnicode() {
    serial.print("board up", Tone.PLAIN);
    serial.print("accepted: the server stored 0001, LED on", Tone.GOOD);
    assertThat(draw(Glyphs.ASCII, 40, 12))
        .containsExactly(
            "+- board 018C -------------------------+",
            "| LED (*) on   [0] plain  [1] TLS      |",
            "| MAC 00:A0:50:12:34:56                |",
            "| IP 192.168.1.77                      |",
            "| to wwep.lab -> 192.168.1.5           |",
            "| verify root, the CAs in ca.pem       |",
            "| cert CN=018C                         |",
            "+- serial port ------------------------+",
            "| board up                             |",
            "| accepted: the server stored 0001,    |",
            "|   LED on                             |",
            "+- 0 1 x r v c  ? help  q quit --------+");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "2, 2", "5, 3", "20, 4", "40, 5", "40, 12", "79, 17", "80, 18", "200, 60", "1000, 3",
    "3, 1000"
  })
  void shouldBeAsLargeAsTheScreenAtAnySize(int columns, int rows) {
    for (int i = 0; i < 600; i++) {
      serial.print(
          "line %d with words that go on and on: %s".formatted(i, "W".repeat(i)), Tone.BAD);
    }
    for (Glyphs glyphs : Glyphs.values()) {
      List<String> lines = draw(glyphs, columns, rows);
      assertThat(lines).hasSize(rows).allMatch(line -> line.length() == columns);
    }
    assertThat(draw(Glyphs.ASCII, columns, rows)).allMatch(line -> line.matches("\\p{ASCII}*"));
  }

  @Test
  void shouldShowTheNewestLinesAndScroll() {
    for (int i = 0; i < 100; i++) {
      serial.print("line " + i, Tone.PLAIN);
    }
    List<String> lines = draw(Glyphs.ASCII, 40, 12);
    assertThat(lines.subList(8, 11))
        .extracting(line -> line.substring(2, 10).strip())
        .containsExactly("line 97", "line 98", "line 99");
  }

  /** A server's name, a file's or a certificate's may hold anything. */
  @Test
  void shouldLetNoTextControlTheTerminalOrMoveTheFrame() {
    serial.print("a\u001B[2Jb\nc\u202Ed漢e\u0301", Tone.PLAIN);
    assertThat(draw(Glyphs.UNICODE, 40, 12).get(8)).startsWith("│ a?[2Jb?c?d?e? ");
  }

  @Test
  void shouldBreakLongLinesBetweenWordsAndLongWordsAnywhere() {
    serial.print(
        "nothing listens on a.very.long.name.of.a.server.example.org:27708, I fear", Tone.BAD);
    assertThat(serial.last(9, 36, Glyphs.ASCII))
        .extracting(Line::text)
        .containsExactly(
            "nothing listens on", "  a.very.long.name.of.a.server.examp", "  le.org:27708, I fear");
  }
}
