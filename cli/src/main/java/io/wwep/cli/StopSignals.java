package io.wwep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Calls a task when this process is told to end: Ctrl-C or SIGTERM. The task decides how the
 * process ends; Java on its own would exit with 128 plus the signal's number.
 *
 * <p>SIGHUP has a task of its own: the terminal is gone, or somebody wants files to be read again.
 */
final class StopSignals {

  private final Map<String, Object> previous = new LinkedHashMap<>();
  private Thread hook;

  /**
   * @param stop called by a thread of its own, perhaps more than once
   * @param hangUp likewise
   */
  StopSignals(Runnable stop, Runnable hangUp) {
    register("INT", stop);
    register("TERM", stop);
    register("HUP", hangUp);
    if (!previous.containsKey("TERM")) {
      // No signals here, as on some Java runtimes: the end of the process is noticed all the same.
      hook = new Thread(stop, "wwep-end");
      addHook();
    }
  }

  private void register(String name, Runnable task) {
    Object handler = Signals.register(name, task);
    if (handler != null) {
      previous.put(name, handler);
    }
  }

  /** Whether this process is told when a terminal is gone; only its beginning can tell. */
  static boolean haveTerminal() {
    try {
      Files.newInputStream(Path.of("/dev/tty")).close();
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private void addHook() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook = null; // The process is ending already.
    }
  }

  /** Gives the signals back. */
  void close() {
    previous.forEach(Signals::unregister);
    previous.clear();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and the hook runs.
      }
    }
  }
}
