package io.wwep.cli;

import io.wwep.certs.BoardFlag;
import io.wwep.certs.BoardVerdict;
import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.BoardVerdict.Result;
import io.wwep.certs.BoardVerdict.Step;
import io.wwep.certs.ChainReport;
import java.util.Set;

/** Tells a board's decision to people: the chain, each step, and what comes of it. */
final class VerdictLines {

  private static final String STEP = "  %-11s %s  %s";
  private static final int RESULT_WIDTH = 7;

  private final Console console;
  private final Style style;
  private final BoardVerdict verdict;

  VerdictLines(Console console, BoardVerdict verdict) {
    this.console = console;
    this.style = new Style(console.color());
    this.verdict = verdict;
  }

  void print() {
    new ChainTree(console).lines(verdict.links(), this::place).forEach(this::line);
    for (int i = 0; i < verdict.links().size(); i++) {
      line("");
      line(style.strong(console.plain(verdict.links().get(i).words().shortName())));
      int link = i;
      verdict.steps().stream().filter(each -> each.link() == link).forEach(this::step);
    }
    line("");
    if (verdict.isAccepted()) {
      line(accepted());
    } else {
      refusal();
    }
  }

  private String place(int index) {
    Link link = verdict.links().get(index);
    String role = ChainReport.role(link, index);
    return link.isRoot()
        ? role + ", known: " + console.plain(link.source().get())
        : role + (verdict.links().size() - 1 == index ? ", not known" : "");
  }

  private void step(Step step) {
    String result = ("%-" + RESULT_WIDTH + "s").formatted(word(step.result()));
    line(
        STEP.formatted(
            step.kind().words(),
            step.hasFailed() ? style.warning(result) : result,
            console.plain(CommandName.in(step.reason()))));
  }

  /** Returns a result as people read it. */
  static String word(Result result) {
    return switch (result) {
      case OK -> "ok";
      case FAILED -> "FAILED";
      case SKIPPED -> "-";
    };
  }

  private String accepted() {
    boolean named = verdict.step(Kind.NAME).filter(each -> each.result() == Result.OK).isPresent();
    return named
        ? "A board would accept it."
        : "A board would accept it, if it connects by a name for which it holds: see --host.";
  }

  private void refusal() {
    Set<BoardFlag> flags = verdict.flags();
    if (flags.isEmpty()) {
      line("mbed TLS does not look at that: a board with it would accept it.");
      return;
    }
    BoardFlag first = BoardFlag.first(flags);
    line(
        "On a board with mbed TLS: %s, %s; the server is sent alert %d, %s."
            .formatted(BoardFlag.error(flags), kind(flags), first.alert(), first.alertName()));
    line("Other stacks have other numbers for the same.");
  }

  private static String kind(Set<BoardFlag> flags) {
    return BoardFlag.areUnreadable(flags)
        ? "which its parser returns before anything is checked"
        : "flags 0x%08X (%s)".formatted(BoardFlag.bits(flags), names(flags));
  }

  private static String names(Set<BoardFlag> flags) {
    return String.join(", ", flags.stream().map(each -> "BADCERT_" + each.name()).toList());
  }

  /** Returns why a board would refuse, in one sentence with the cure. */
  String reason() {
    Step first = verdict.failures().get(0);
    int more = verdict.failures().size() - 1;
    return "a board would refuse it: %s of %s: %s%s"
        .formatted(
            first.kind().words(),
            verdict.links().get(first.link()).words().shortName(),
            first.reason(),
            more == 0 ? "" : " (and %d more that failed)".formatted(more));
  }

  /** Printed as it is: colours are in it, and what others wrote was made plain before. */
  private void line(String text) {
    console.out().println(text);
  }
}
