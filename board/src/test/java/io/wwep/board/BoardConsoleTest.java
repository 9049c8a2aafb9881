package io.wwep.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in, lines out. */
@Timeout(60)
class BoardConsoleTest {

  private final StringWriter screen = new StringWriter();

  private int run(Board board, String keys) {
    return run(board, KeySource.of(new StringReader(keys)), false);
  }

  private int run(Board board, KeySource keys, boolean ascii) {
    return new BoardConsole(board, keys, new PrintWriter(screen), ascii).run();
  }

  @Test
  void shouldShowABoardsWholeLifeInAlignedLines() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.caFile(server.caFile())).build();
      int exitCode = run(board, "0\n1\nx\nr\nq\n0");

      String shown = screen.toString().replaceAll(" +\\d+\\.\\d ms", " 0.1 ms");
      assertThat(shown.lines())
          .containsExactly(
              "board     MAC 00:A0:50:12:34:56 (as given), device ID 018C",
              "button 0  plain TCP to 127.0.0.1:" + server.plainPort(),
              "button 1  TLS to 127.0.0.1:%d, trusting the CAs in %s"
                  .formatted(server.tlsPort(), server.caFile()),
              "LED       ○ off, register 05",
              "keys      0 1 press a button, x illegal packet, r read back, v verification, c certificate, ? help, q quit",
              "0  LED ● on   plain  W018C050001 → A018C050001 0.1 ms",
              "   accepted: the server stored 0001, LED on",
              "1  LED ○ off  TLS    W018C050000 → A018C050000 0.1 ms",
              "   accepted: the server stored 0000, LED off",
              "x  LED ○ off  plain  W01234      → X 0.1 ms",
              "   rejected, as it should be: a write has 11 bytes, this one has 6",
              "r  LED ○ off  plain  R018C05     → A018C050000 0.1 ms",
              "   the server holds 0000, LED off, as this board shows");
      assertThat(exitCode).isZero();
    }
  }

  @Test
  void shouldShowAsciiOnlyWhereAskedTo() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).build();
      run(board, KeySource.of(new StringReader("01é?r")), true);
      assertThat(screen.toString()).isASCII();
      assertThat(screen.toString()).contains("LED (*) on   plain  W018C050001 -> A018C050001");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "q0", "Q0", "\u00030", "\u00040", "\n\r\n q0"})
  void shouldEndWithoutAPress(String keys) {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      assertThat(run(Boards.of(server).build(), keys)).isZero();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void shouldEndWhenItsKeysFail() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      KeySource broken =
          () -> {
            throw new IOException("the terminal is gone");
          };
      assertThat(run(Boards.of(server).build(), broken, false)).isZero();
      assertThat(screen.toString()).contains("the terminal is gone");
    }
  }

  @Test
  void shouldHintAtTheKeysWhenAnotherOneIsPressed() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      assertThat(run(Boards.of(server).build(), "z\u0007")).isZero();
      assertThat(screen.toString())
          .contains("'z' does nothing: press 0, 1, x, r, v, c, ? or q", "this key does nothing");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F5, [15~",
    "F1, OP",
    "Ctrl-F1, O5P",
    "Up, [A",
    "Shift-Up, [1;2A",
    "Alt-Up of rxvt, \u001B[A",
    "F1 of Linux, [[A",
    "Insert, [2~",
    "Alt-0, 0",
    "Escape, ''"
  })
  void shouldTakeAnEscapeSequenceForOneKeyThatDoesNothing(String name, String behindEscape) {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      int exitCode = run(Boards.of(server).build(), "\u001B" + behindEscape);
      assertThat(exitCode).isZero();
      assertThat(server.connections()).isZero();
      assertThat(screen.toString()).containsOnlyOnce("does nothing: press 0, 1");
    }
  }

  @Test
  void shouldTakeTheKeyBehindAnEscapeSequence() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      run(Boards.of(server).build(), "\u001B[15~0\u001B[A\u001BOP0\u001B\u0003");
      assertThat(server.requests()).containsExactly("W018C050001", "W018C050000");
      assertThat(screen.toString().split("this key does nothing", -1)).hasSize(5);
    }
  }

  /** Somebody who presses Escape and, a while later, a button wants both. */
  @Test
  void shouldTakeAKeyForItselfThatComesLongAfterEscape() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      StringReader typed = new StringReader("\u001B0\u001B[");
      Characters slow =
          new Characters() {
            @Override
            public int next() throws IOException {
              return typed.read();
            }

            @Override
            public int peek() {
              return NONE;
            }
          };
      run(Boards.of(server).build(), new Keystrokes(slow), false);
      assertThat(server.requests()).containsExactly("W018C050001");
      assertThat(screen.toString()).contains("'[' does nothing");
    }
  }

  @Test
  void shouldReturnOneForAnUnexpectedRejection() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX())) {
      assertThat(run(Boards.of(server).build(), "0x")).isEqualTo(1);
    }
  }

  @Test
  void shouldReturnThreeWhenNobodyIsThere() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses())) {
      assertThat(run(Boards.of(server).build(), "0")).isEqualTo(3);
      assertThat(screen.toString())
          .contains("0  LED ● on   plain  –           → –")
          .contains("nothing listens on");
    }
  }

  @Test
  void shouldReturnTheWorstOfAll() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX())) {
      // Button 1 without trust is 4; the rejection before and after it are 1.
      assertThat(run(Boards.of(server).build(), "010")).isEqualTo(4);
      assertThat(screen.toString()).contains("not usable yet", "--ca FILE", "--insecure");
    }
  }

  @Test
  void shouldShowEachLineBeforeItWaitsForTheNextKey() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      StringReader keys = new StringReader("0q");
      List<String> seen = new ArrayList<>();
      KeySource watching =
          () -> {
            seen.add(screen.toString());
            return keys.read();
          };
      run(Boards.of(server).build(), watching, false);
      assertThat(seen).hasSize(2);
      assertThat(seen.get(1)).contains("accepted: the server stored 0001");
    }
  }
}
