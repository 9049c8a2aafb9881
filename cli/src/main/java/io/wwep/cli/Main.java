package io.wwep.cli;

/** The process behind {@code wwep}: runs one command and exits with its code. */
public final class Main {

  /** Exit code of a server that could not go on; as of sysexits, an internal fault. */
  private static final int CRASHED = 70;

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
   * Says what ended a thread. Without its event loops, or without memory, a server is better gone
   * than deaf: what is acknowledged is on disk, and who supervises it starts another.
   */
  private static void endOf(Thread thread, Throwable fault, Faults faults) {
    faults.report(fault);
    if (fault instanceof VirtualMachineError || thread.getName().startsWith("wwep-loop")) {
      Runtime.getRuntime().halt(CRASHED);
    }
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
