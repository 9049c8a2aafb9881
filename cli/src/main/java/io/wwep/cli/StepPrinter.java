package io.wwep.cli;

import io.wwep.board.Transmission;
import io.wwep.board.script.StepResult;
import java.util.Locale;

/** Prints the steps of scripts as JSON Lines, and why they failed in a sentence. One thread. */
final class StepPrinter {

  private final Console console;
  private long steps;
  private long failed;
  private StepResult first;

  StepPrinter(Console console) {
    this.console = console;
  }

  /** Prints one step at once: whoever reads may be waiting for it. */
  void print(StepResult result) {
    steps++;
    if (!result.ok()) {
      failed++;
      first = first == null ? result : first;
    }
    Json json =
        new Json()
            .put("line", result.line())
            .put("command", result.command())
            .put("device", device(result))
            .put("ok", result.ok());
    result.transmission().ifPresent(sent -> put(json, sent));
    console.print(
        json.put("meaning", result.meaning())
            .put("millis", ClientCommand.millis(result.took().toNanos()))
            .toString());
    console.flush();
  }

  private static void put(Json json, Transmission transmission) {
    json.put("tls", transmission.secure())
        .put("sent", orNull(transmission.sent()))
        .put("received", orNull(transmission.received()))
        .put("result", transmission.answer().word())
        .putIfPresent("code", transmission.code())
        .put("verdict", transmission.verdict().word());
    transmission
        .contact()
        .ifPresent(
            contact ->
                json.put("connectMillis", ClientCommand.millis(contact.connecting().toNanos())));
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String device(StepResult result) {
    return String.format(Locale.ROOT, "%04X", result.board().deviceId());
  }

  /**
   * Says what failed, if something did.
   *
   * @return the exit code after all
   */
  int end(int exitCode, boolean stopped) {
    if (first != null) {
      console.fail(
          "%d of %d steps failed, the first in line %d (%s), board %s: %s"
              .formatted(
                  failed, steps, first.line(), first.command(), device(first), first.meaning()));
    }
    if (stopped) {
      console.fail("stopped after %d steps: the script was not played to its end".formatted(steps));
    }
    return stopped ? Math.max(exitCode, ExitCode.REJECTED) : exitCode;
  }
}
