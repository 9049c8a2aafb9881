package io.wwep.cli;

import io.wwep.board.crowd.Crowd;
import io.wwep.board.crowd.Totals;

/** Many boards that press their buttons. */
final class PressingBoards {

  private final Console console;
  private final BoardCommand command;

  PressingBoards(Console console, BoardCommand command) {
    this.console = console;
    this.command = command;
  }

  /**
   * Has them press until the end, or until Ctrl-C, and prints what came of it.
   *
   * @return the exit code
   */
  int run() throws InterruptedException {
    requireTrust();
    requireMeasure();
    BoardClass addresses = BoardClass.of(command);
    CrowdPrinter printer = new CrowdPrinter(console, command.crowd);
    try (Crowd crowd = new Crowd(addresses.boards(command::builder))) {
      printer.begin(addresses, command.host.name);
      StopSignals signals = new StopSignals(crowd::stop, crowd::stop);
      try {
        Totals totals = crowd.press(command.crowd.pace(), printer::second);
        printer.end(totals);
        return totals.exitCode();
      } finally {
        signals.close();
      }
    }
  }

  /** A class is not what takes a server down; who wants to know what does has a command for it. */
  private void requireMeasure() {
    double all = command.crowd.count * command.crowd.ratePerSecond();
    if (all > Measure.REMOTE_MAX && !Measure.isThisMachine(command.host.name)) {
      throw Measure.tooMuch(
          command.host.name,
          "%d presses a second of all boards at most: lower --count or --rate"
              .formatted(Measure.REMOTE_MAX));
    }
  }

  private void requireTrust() {
    if (command.crowd.buttons().useTls()
        && !command.trust.isGiven()
        && !command.identity.isGiven()) {
      throw new CliException(
          "--over %s needs to know which server to trust: add --ca FILE, --pin SHA256, or --insecure to trust any"
              .formatted(Words.word(command.crowd.buttons())));
    }
  }
}
