package io.wwep.cli;

import io.wwep.lesson.ExerciseLesson;
import io.wwep.lesson.LessonReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep lesson exercises}: exercises 01 to 07, done and explained. */
@Command(
    name = "exercises",
    header = "Do exercises 01 to 07 of the lecture on this machine, and explain each step.",
    description = {
      "  wwep lesson exercises             about a minute",
      "  wwep lesson exercises --step      waits for Enter between two exercises",
      "",
      "Starts a server and boards on this machine alone, compiles those in C where there is a",
      "compiler, and checks the small servers. Ends with 0 when all of it went as it should, and",
      "with 1 when not; what this machine lacks a tool for is left out, and told."
    })
final class LessonExercisesCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--step", description = "Wait for Enter between two exercises.")
  boolean step;

  @Option(names = "--json", description = "Print one JSON object in place of the lesson.")
  boolean json;

  @Mixin HelpOption help;

  LessonExercisesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (step && (json || !console.terminal())) {
      String reason = "--step waits for Enter: leave it out without a terminal and with --json";
      return console.fail(json ? none() : null, reason, ExitCode.USAGE);
    }
    LessonReport report = new ExerciseLesson(this::print, this::between).run();
    int code = report.isGreen() ? ExitCode.OK : ExitCode.REJECTED;
    if (json) {
      console.print(json(report).put("exitCode", code).toString());
    }
    return code;
  }

  private static Json none() {
    return new Json().put("result", "none").put("error", "usage");
  }

  /** Each line at once: somebody reads along. */
  private void print(String line) {
    if (!json) {
      console.print(line);
      console.flush();
    }
  }

  private void between() {
    if (!step) {
      return;
    }
    console.print("");
    console.print("   Enter goes on.");
    console.flush();
    try {
      int b = console.in().read();
      while (b >= 0 && b != '\n') {
        b = console.in().read();
      }
    } catch (IOException e) {
      step = false; // Nobody is there any more.
    }
  }

  private static Json json(LessonReport report) {
    return new Json()
        .put("result", report.isGreen() ? "done" : "not done")
        .put(
            "exercises",
            report.exercises().stream()
                .map(
                    each ->
                        new Json()
                            .put("exercise", each.number())
                            .put("title", each.title())
                            .put("java", each.java().word())
                            .put("c", each.c().word())
                            .put("classList", each.list().word())
                            .putIfPresent("problem", each.problem()))
                .toList());
  }
}
