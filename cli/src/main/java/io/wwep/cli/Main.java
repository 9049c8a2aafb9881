package io.wwep.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The process behind {@code wwep}: runs one command and exits with its code. */
public final class Main {

  /** Whose listeners' mistakes are reported without ending it; see {@code Store.addListener}. */
  private static final String COMMIT_THREAD = "wwep-commit";

  private static final long LAST_WORDS_MILLIS_MAX = 1_000;

  private Main() {}

  /**
   * Runs a command and ends the process.
   *
   * @param args as in {@code serve --port 27708}
   */
  public static void main(String[] args) {
    QuietLogging.install();
    HeadStart.of(args);
    Console console = Console.ofProcess();
    reportEndsOfThreads(console);
    int code = run(console, args);
    console.flush();
    System.exit(code);
  }

  static void reportEndsOfThreads(Console console) {
    Faults faults = new Faults(console);
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> endOf(thread, fault, faults));
  }

  /**
   * Says what ended a thread, and ends the process. Without one of its threads a server is better
   * gone than half there: what is acknowledged is on disk, and who supervises it starts another.
   */
  private static void endOf(Thread thread, Throwable fault, Faults faults) {
    if (thread.getName().equals(COMMIT_THREAD) && !(fault instanceof Error)) {
      faults.report(fault);
      return;
    }
    try {
      haltSoon();
      faults.reportEnd(thread, fault);
    } finally {
      Runtime.getRuntime().halt(ExitCode.CRASHED);
    }
  }

  /** Where nobody reads standard error, printing can take for ever. */
  private static void haltSoon() {
    Thread halt =
        new Thread(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS_MAX));
              Runtime.getRuntime().halt(ExitCode.CRASHED);
            },
            "wwep-halt");
    halt.setDaemon(true);
    halt.start();
  }

  /** Runs a command; returns its exit code. */
  @SuppressWarnings("CatchThrowable") // The last one who can turn it into a sentence.
  static int run(Console console, String... args) {
    try {
      return Cli.run(console, args);
    } catch (Throwable fault) {
      return new Faults(console).report(fault);
    }
  }
}
