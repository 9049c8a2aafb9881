package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardConsole;
import io.wwep.board.KeySource;
import io.wwep.board.gpio.Gpio;
import io.wwep.board.gpio.NoPinsException;
import io.wwep.board.gpio.PinKeys;
import io.wwep.board.gpio.Pins;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code wwep board --gpio}: a board with real buttons and a real LED. Keys work too where there is
 * a keyboard; as a service it has none, and goes on until it is stopped.
 */
final class PinsRun {

  private final Console console;
  private final BoardCommand command;
  private final PinKeys keys = new PinKeys();

  PinsRun(Console console, BoardCommand command) {
    this.console = console;
    this.command = command;
  }

  /** Returns the exit code. */
  int run() throws IOException {
    Charset charset = console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    PrintWriter screen = new PrintWriter(new OutputStreamWriter(console.out(), charset));
    StopSignals signals = new StopSignals(keys::end, keys::end);
    try (Pins pins = pins();
        Board board = command.board(builder -> builder.led(pins::led));
        TerminalKeys terminal = console.terminal() ? TerminalKeys.open() : null) {
      keys.with(terminal == null ? piped() : terminal);
      screen.println("pins      " + command.pins.plan);
      return new BoardConsole(board, keys, screen, !console.unicode()).run();
    } finally {
      screen.flush();
      signals.close();
    }
  }

  private KeySource piped() {
    return KeySource.of(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
  }

  private Pins pins() {
    try {
      return Gpio.open(command.pins.plan, libraries(), keys::press);
    } catch (NoPinsException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /** The build puts them beside what it made of this class. */
  private static Path libraries() {
    try {
      Path here =
          Path.of(PinsRun.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return here.resolveSibling("gpio");
    } catch (URISyntaxException e) {
      throw new CliException("wwep cannot find its own place: move it to another directory", e);
    }
  }
}
