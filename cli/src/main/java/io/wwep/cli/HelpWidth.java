package io.wwep.cli;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lays help out for the terminal that it is shown on, which would break words where a line does not
 * fit; in a file or a pipe it is always the same. The terminal is asked for its width once, and
 * only when there is help to show, since that takes a while.
 */
final class HelpWidth implements IHelpFactory {

  /** Longer lines are hard to read. */
  static final int MOST = 100;

  /** The parser lays nothing out in fewer. */
  private static final int LEAST = 55;

  private final Console console;
  private int columns;

  HelpWidth(Console console) {
    this.console = console;
  }

  @Override
  public Help create(CommandSpec command, ColorScheme colors) {
    command.usageMessage().width(columns());
    return new Help(command, colors);
  }

  private int columns() {
    if (columns == 0) {
      columns =
          console.terminal() ? Math.max(LEAST, Math.min(MOST, TerminalSize.width(console))) : MOST;
    }
    return columns;
  }
}
