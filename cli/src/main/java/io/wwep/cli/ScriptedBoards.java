package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.Verification;
import io.wwep.board.crowd.Crowd;
import io.wwep.board.script.Script;
import io.wwep.board.script.StepResult;
import java.util.List;

/** Boards that play a script, one or many. */
final class ScriptedBoards {

  private final Console console;
  private final BoardCommand command;

  ScriptedBoards(Console console, BoardCommand command) {
    this.console = console;
    this.command = command;
  }

  /**
   * Plays it, and prints each step.
   *
   * @return the exit code
   * @throws CliException when the script cannot be understood; then nothing was sent
   */
  int run() throws InterruptedException {
    boolean paced = command.crowd.isGiven() && !Measure.isThisMachine(command.host.name);
    if (paced && command.crowd.count > Measure.REMOTE_MAX) {
      throw Measure.tooMuch(
          command.host.name,
          "%d boards with a script at most: lower --count".formatted(Measure.REMOTE_MAX));
    }
    List<Board> boards =
        command.crowd.isGiven()
            ? BoardClass.of(command).boards(command::builder)
            : List.of(command.board());
    Script script = command.script.read(console.in(), equipment(boards.get(0)));
    StepPrinter printer = new StepPrinter(console);
    try (Crowd crowd = new Crowd(boards)) {
      StopSignals signals = new StopSignals(crowd::stop, crowd::stop);
      try {
        int code = crowd.play(script, paced ? result -> paced(printer, result) : printer::print);
        return printer.end(code, crowd.isStopped());
      } finally {
        signals.close();
      }
    }
  }

  /** Steps are told one at a time: so this holds for all boards together. */
  private static void paced(StepPrinter printer, StepResult result) {
    printer.print(result);
    try {
      Measure.pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Script.Equipment equipment(Board board) {
    return new Script.Equipment(
        board.verifications().contains(Verification.ROOT), !board.identity().isEmpty());
  }
}
