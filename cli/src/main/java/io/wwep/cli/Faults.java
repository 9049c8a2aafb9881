package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.certs.UnwritableException;
import io.wwep.client.WwepException;
import io.wwep.server.ServerException;
import io.wwep.store.DamagedDataException;
import io.wwep.store.StoreException;
import io.wwep.store.StoreStoppedError;
import java.util.Locale;

/** Turns whatever a command throws into one sentence. May be called by any thread. */
final class Faults {

  private final Console console;

  Faults(Console console) {
    this.console = console;
  }

  /** Whether the person asked for stack traces and for the libraries' log lines. */
  static boolean isDebugging() {
    String debug = System.getenv("WWEP_DEBUG");
    return debug != null && !debug.isEmpty() && !debug.equals("0");
  }

  /**
   * Prints one sentence.
   *
   * @return the exit code that goes with it
   */
  int report(Throwable fault) {
    console.fail(sentence(fault));
    printTraceIfDebugging(fault);
    return exitCode(fault);
  }

  /** Returns the exit code that goes with what a command throws. */
  static int exitCode(Throwable fault) {
    return fault instanceof DamagedDataException ? ExitCode.DAMAGED : ExitCode.USAGE;
  }

  /** Returns the exit code of a command to which files of certificates are what it is about. */
  static int fileExitCode(IdentityException fault) {
    return fault instanceof UnwritableException ? ExitCode.USAGE : ExitCode.REJECTED;
  }

  /** Prints why a thread has ended, and the process with it. */
  void reportEnd(Thread thread, Throwable fault) {
    console.fail(
        fault instanceof OutOfMemoryError
            ? "this process ends, because there is not enough memory; what was acknowledged is safe: start it again and give Java more, as in WWEP_JAVA_OPTIONS=-Xmx2g"
            : "this process ends, because a fault in wwep ended its thread %s (%s%s); what was acknowledged is safe: start it again, and report this"
                .formatted(thread.getName(), words(rootOf(fault)), place(rootOf(fault))));
    printTraceIfDebugging(fault);
  }

  private static Throwable rootOf(Throwable fault) {
    return fault instanceof StoreStoppedError stopped ? stopped.getCause() : fault;
  }

  private static String place(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return trace.length == 0
        ? ""
        : ", at %s:%d".formatted(trace[0].getFileName(), trace[0].getLineNumber());
  }

  private void printTraceIfDebugging(Throwable fault) {
    if (isDebugging()) {
      fault.printStackTrace(console.err());
      console.err().flush();
    }
  }

  private static String sentence(Throwable fault) {
    if (isMeantForPeople(fault)) {
      return fault.getMessage();
    }
    if (fault instanceof OutOfMemoryError) {
      return "there is not enough memory: give Java more, as in WWEP_JAVA_OPTIONS=-Xmx2g";
    }
    return "this is a fault in wwep (%s): run it again with WWEP_DEBUG=1 and report what it prints"
        .formatted(words(fault));
  }

  private static boolean isMeantForPeople(Throwable fault) {
    return fault instanceof CliException
        || fault instanceof StoreException
        || fault instanceof ServerException
        || fault instanceof IdentityException
        || fault instanceof WwepException;
  }

  /** Names a fault without the class name that only programmers read. */
  private static String words(Throwable fault) {
    String kind =
        fault
            .getClass()
            .getSimpleName()
            .replaceAll("(Exception|Error)$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    String message = fault.getMessage();
    return message == null || message.isBlank()
        ? kind
        : kind + ": " + message.lines().findFirst().orElse("");
  }
}
