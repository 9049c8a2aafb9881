package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardConsole;
import io.wwep.board.KeySource;
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

  private static final String END = "q\u0003\u0004";

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
    try (SlowMotion motion = motion();
        TerminalKeys keyboard = terminal ? TerminalKeys.open() : null) {
      Board board = command.board(builder -> builder.carrier(motion));
      KeySource keys = keyboard == null ? keys() : keyboard;
      return options.json
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

  private SlowMotion motion() {
    try {
      SlowMotion.Builder builder =
          SlowMotion.to(command.host)
              .ports(command.port, command.tlsPort)
              .pause(options.pause(console.terminal()));
      if (command.trust.isGiven() || command.identity.isGiven()) {
        builder.trust(command.trust.trust(), command.identity.identity());
      }
      return builder.build(options.json ? objects() : lines());
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
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
    int exitCode = ExitCode.OK;
    for (int key = keys.next(); key >= 0 && END.indexOf(key) < 0; key = keys.next()) {
      Transmission sent = press(board, key);
      if (sent != null) {
        console.print(StepJson.of((char) key, sent, board.isLedOn()).toString());
        console.flush();
        exitCode = Math.max(exitCode, sent.verdict().exitCode());
      } else if (!Character.isWhitespace(key)) {
        console.fail("the key '%c' does nothing: press 0, 1, x, r or q".formatted(key));
      }
    }
    return exitCode;
  }

  private static Transmission press(Board board, int key) {
    return switch (key) {
      case '0' -> board.press(0);
      case '1' -> board.press(1);
      case 'x' -> board.sendIllegal(false);
      case 'r' -> board.readBack(false);
      default -> null;
    };
  }
}
