package io.wwep.board.script;

import io.wwep.board.Board;
import io.wwep.board.Transmission;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of one step.
 *
 * @param board which played it
 * @param line where it is written, from 1 on
 * @param command as it is written
 * @param transmission what it sent; empty when it sent nothing
 * @param ok whether it went as it should: as the script expects, or else as a board would
 * @param meaning the same for people, in a sentence
 * @param took how long it took
 * @param exitCode of a command for which this is the worst step: 0 when it is ok
 */
public record StepResult(
    Board board,
    int line,
    String command,
    Optional<Transmission> transmission,
    boolean ok,
    String meaning,
    Duration took,
    int exitCode) {}
