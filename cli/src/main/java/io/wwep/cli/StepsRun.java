package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardConsole;
import io.wwep.board.Judgement;
import io.wwep.board.KeySource;
import io.wwep.board.Keypad;
import io.wwep.board.Transmission;
import io.wwep.board.steps.SlowMotion;
import io.wwep.board.steps.Step;
import io.wwep.board.steps.StepKind;
import io.wwep.board.steps.StepLines;
import io.wwep.board.steps.StepListener;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** {@code wwep board --steps}: keys in, and each step of what they do out. */
final class StepsRun {

  private final Console console;
  private final BoardCommand command;
  private final StepsOptions options;
  private final PrintWriter screen;

  StepsRun(Console console, BoardCommand command) {
    this.console = console;
    this.command = command;
    options = command.steps;
    Charset charset = console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    screen = new PrintWriter(new OutputStreamWriter(console.out(), charset));
  }

  /** Returns the exit code. */
  int run() throws IOException {
    boolean terminal = console.terminal() && options.once == null;
    StepListener listener = command.crowd.json ? objects() : lines();
    try (SlowMotion motion = new SlowMotion(options.pause(console.terminal()), listener);
        Board board = command.board(builder -> builder.carrier(motion));
        TerminalKeys keyboard = terminal ? TerminalKeys.open() : null) {
      KeySource keys = keyboard == null ? keys() : keyboard;
      return command.crowd.json
          ? pressAll(board, keys)
          : new BoardConsole(board, keys, screen, !console.unicode()).run();
    } finally {
      screen.flush();
    }
  }

  private KeySource keys() {
    return KeySource.of(
        options.once == null
            ? new InputStreamReader(console.in(), StandardCharsets.UTF_8)
            : new StringReader(options.once));
  }

  // ---- for people

  private StepListener lines() {
    StepLines lines = new StepLines(!console.unicode());
    return new StepListener() {
      @Override
      public void begins(StepKind kind) {
        screen.print(lines.begin(kind));
        show();
      }

      @Override
      public void over(Step step) {
        lines.end(step).forEach(screen::println);
        show();
      }
    };
  }

  /** Results are buffered twice, and each step is to be seen when it happens. */
  private void show() {
    screen.flush();
    console.flush();
  }

  // ---- for programs

  private StepListener objects() {
    return new StepListener() {
      @Override
      public void begins(StepKind kind) {
        // An object has the whole step.
      }

      @Override
      public void over(Step step) {
        console.print(StepJson.of(step).toString());
        console.flush();
      }
    };
  }

  private int pressAll(Board board, KeySource keys) throws IOException {
    Keypad keypad = new Keypad(board, display(board));
    while (keypad.press(keys.next())) {
      console.flush();
    }
    return keypad.exitCode();
  }

  private Keypad.Display display(Board board) {
    return new Keypad.Display() {
      @Override
      public void sent(char key, Transmission transmission) {
        console.print(StepJson.of(key, transmission, board.isLedOn()).toString());
      }

      @Override
      public void said(Judgement judgement) {
        console.print(new Json().put("said", CommandName.in(judgement.meaning())).toString());
      }

      @Override
      public void help() {
        console.print(new Json().put("keys", Keypad.HELP).toString());
      }
    };
  }
}
