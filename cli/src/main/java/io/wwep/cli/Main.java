package io.wwep.cli;

/** The process behind {@code wwep}: runs one command and exits with its code. */
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the process.
   *
   * @param args as in {@code serve --port 27708}
   */
  public static void main(String[] args) {
    QuietLogging.install();
    Console console = Console.ofProcess();
    Faults faults = new Faults(console);
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> faults.report(fault));
    int code = run(console, faults, args);
    console.flush();
    System.exit(code);
  }

  @SuppressWarnings("CatchThrowable") // The last one who can turn it into a sentence.
  private static int run(Console console, Faults faults, String[] args) {
    try {
      return Cli.run(console, args);
    } catch (Throwable fault) {
      return faults.report(fault);
    }
  }
}
