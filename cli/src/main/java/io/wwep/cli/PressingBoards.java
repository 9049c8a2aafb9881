package io.wwep.cli;

import io.wwep.board.crowd.Crowd;
import io.wwep.board.crowd.Totals;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Many boards that press their buttons. */
final class PressingBoards {

  private static final int REMOTE_RATE_MAX = 300;

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
      printer.begin(addresses, command.host);
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
    if (all > REMOTE_RATE_MAX && !isThisMachine()) {
      throw new CliException(
          "%s is not this machine, and gets %d presses a second of all boards at most: lower --count or --rate; '%s bench --allow-remote' loads servers of your own"
              .formatted(command.host, REMOTE_RATE_MAX, CommandName.TEXT));
    }
  }

  private boolean isThisMachine() {
    try {
      return InetAddress.getByName(command.host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // The boards say so themselves.
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
