package io.wwep.board.script;

import io.wwep.board.Answer;
import io.wwep.board.Board;
import io.wwep.board.Judgement;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.protocol.WireText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Plays a script on a board, once. Owned by the thread that calls {@link #play}. */
public final class ScriptRun {

  private final Script script;
  private final Board board;
  private final Consumer<StepResult> listener;
  private Transmission last;
  private int exitCode;

  /**
   * @param listener is told of each step when it is done, on the thread that plays
   */
  public ScriptRun(Script script, Board board, Consumer<StepResult> listener) {
    this.script = script;
    this.board = board;
    this.listener = listener;
  }

  /**
   * Plays all steps, whatever becomes of them.
   *
   * @return the worst exit code of all steps: 4 not trusted, 3 no reply, 1 another reply than
   *     expected, 0 all as it should be
   * @throws InterruptedException when the thread is interrupted; the step under way is not told
   */
  public int play() throws InterruptedException {
    play(script.lines());
    return exitCode;
  }

  private void play(List<Step.Line> lines) throws InterruptedException {
    for (Step.Line line : lines) {
      if (line.step() instanceof Step.Repeat repeat) {
        for (int i = 0; i < repeat.times(); i++) {
          play(repeat.body());
        }
      } else {
        play(line);
      }
    }
  }

  private void play(Step.Line line) throws InterruptedException {
    long start = System.nanoTime();
    StepResult result = line.step().sends() ? send(line) : act(line);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    exitCode = Math.max(exitCode, result.exitCode());
    listener.accept(
        new StepResult(
            board,
            line.number(),
            line.text(),
            result.transmission(),
            result.ok(),
            result.meaning(),
            result.transmission().map(Transmission::elapsed).orElse(took),
            result.exitCode()));
  }

  private StepResult send(Step.Line line) {
    last = transmission(line.step());
    boolean ok = line.judged() || last.verdict() == Verdict.FINE;
    return result(line, Optional.of(last), ok, last.meaning(), ok ? 0 : last.verdict().exitCode());
  }

  private Transmission transmission(Step step) {
    if (step instanceof Step.Press press) {
      return board.press(press.button());
    }
    if (step instanceof Step.Illegal illegal) {
      return board.sendIllegal(illegal.overTls());
    }
    if (step instanceof Step.ReadBack read) {
      return board.readBack(read.overTls());
    }
    Step.Send send = (Step.Send) step;
    return board.send(send.overTls(), WireText.parse(Placeholders.fill(send.text(), board)));
  }

  private StepResult act(Step.Line line) throws InterruptedException {
    Step step = line.step();
    if (step instanceof Step.Expect expect) {
      return expect(line, expect.expectation());
    }
    if (step instanceof Step.Wait wait) {
      TimeUnit.NANOSECONDS.sleep(wait.time().toNanos());
      return result(line, Optional.empty(), true, "waited", 0);
    }
    if (step instanceof Step.Led led) {
      board.setLed(led.on());
      return result(line, Optional.empty(), true, led.on() ? "LED on" : "LED off", 0);
    }
    Judgement judgement =
        step instanceof Step.Verify verify
            ? board.verify(verify.choice())
            : identity((Step.Identity) step);
    Verdict verdict = judgement.verdict();
    return result(
        line, Optional.empty(), verdict == Verdict.FINE, judgement.meaning(), verdict.exitCode());
  }

  /** A board without a certificate shows none as it is. */
  private Judgement identity(Step.Identity identity) {
    return !identity.shown() && board.identity().isEmpty()
        ? new Judgement(Verdict.FINE, "client certificate: off, there is none")
        : board.showIdentity(identity.shown());
  }

  private StepResult expect(Step.Line line, Expectation expectation) {
    if (expectation.holds(board, last)) {
      return result(line, Optional.empty(), true, "as expected", 0);
    }
    int failure = Verdict.UNEXPECTED_REJECTION.exitCode();
    boolean unanswered = expectation.isOfMessage() && last.answer() == Answer.NONE;
    return result(
        line,
        Optional.empty(),
        false,
        "not as expected, " + expectation.instead(board, last),
        unanswered ? Math.max(failure, last.verdict().exitCode()) : failure);
  }

  private StepResult result(
      Step.Line line, Optional<Transmission> sent, boolean ok, String meaning, int code) {
    return new StepResult(
        board, line.number(), line.text(), sent, ok, meaning, Duration.ZERO, code);
  }
}
