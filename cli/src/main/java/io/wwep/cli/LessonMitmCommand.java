package io.wwep.cli;

import io.wwep.lesson.MitmLesson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wwep lesson mitm}: a man in the middle, and who is safe from him. */
@Command(
    name = "mitm",
    header = "Show a man in the middle at work, and who is safe from him.",
    description = {
      "  wwep lesson mitm",
      "",
      "Starts a server, a tap and boards on this machine alone, and tells what was seen. Ends with",
      "0 when it went as the lesson says, and with 1 when not."
    })
final class LessonMitmCommand implements Callable<Integer> {

  private final Console console;

  @Mixin HelpOption help;

  LessonMitmCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean asTold = new MitmLesson(this::print).run();
    return asTold ? ExitCode.OK : ExitCode.REJECTED;
  }

  /** Each line at once: somebody reads along. */
  private void print(String line) {
    console.print(line);
    console.flush();
  }
}
