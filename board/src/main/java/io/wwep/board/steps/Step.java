package io.wwep.board.steps;

import io.wwep.client.CertificateSummary;
import java.time.Duration;
import java.util.List;

/**
 * One step of a connection, when it is over.
 *
 * @param kind which step
 * @param done whether it did what it is for
 * @param took how long it took, pauses aside
 * @param what what came of it, for people: with cause and cure when it is not done
 * @param passed what passed the socket meanwhile, in order
 * @param shown the certificates that were exchanged: the server's, its own first
 * @param shownByBoard the certificates that the board showed
 * @param buffers what happened to packet buffers meanwhile, in order
 * @param use how many buffers there were by then
 */
public record Step(
    StepKind kind,
    boolean done,
    Duration took,
    String what,
    List<Passed> passed,
    List<CertificateSummary> shown,
    List<CertificateSummary> shownByBoard,
    List<BufferState> buffers,
    BufferUse use) {

  /** Copies the lists. */
  public Step {
    passed = List.copyOf(passed);
    shown = List.copyOf(shown);
    shownByBoard = List.copyOf(shownByBoard);
    buffers = List.copyOf(buffers);
  }
}
