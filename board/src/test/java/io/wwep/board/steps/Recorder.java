package io.wwep.board.steps;

import java.util.ArrayList;
import java.util.List;

/** Keeps the steps that it is told of. */
final class Recorder implements StepListener {

  private final List<StepKind> begun = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /** What is done on the board's thread when a step begins. */
  interface Act {
    void run() throws Exception;
  }

  private StepKind awaited;
  private Act act;

  void whenBegins(StepKind kind, Act act) {
    awaited = kind;
    this.act = act;
  }

  @Override
  public void begins(StepKind kind) {
    begun.add(kind);
    if (kind == awaited) {
      try {
        act.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void over(Step step) {
    steps.add(step);
  }

  List<StepKind> begun() {
    return begun;
  }

  List<StepKind> kinds() {
    return steps.stream().map(Step::kind).toList();
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }

  /** Returns the only step of this kind. */
  Step step(StepKind kind) {
    List<Step> found = steps.stream().filter(each -> each.kind() == kind).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d steps %s among %s".formatted(found.size(), kind, kinds()));
    }
    return found.get(0);
  }

  /** Returns a buffer's moments as the lecture's table has them: moment, count, start, end. */
  List<String> table(StepKind kind, BufferState.Type type) {
    return step(kind).buffers().stream()
        .filter(each -> each.type() == type)
        .map(
            each ->
                "%s %d %d %d"
                    .formatted(each.moment().words(), each.refCount(), each.start(), each.end()))
        .toList();
  }

  /** Returns names of what passed, with arrows. */
  List<String> passed(StepKind kind) {
    return step(kind).passed().stream()
        .map(
            each ->
                (each.direction() == Passed.Direction.SENT ? "> " : "< ")
                    + (each.layer() == Passed.Layer.TEXT ? each.text() : each.name()))
        .toList();
  }
}
