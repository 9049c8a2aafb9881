package io.wwep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Calls a task when this process is told to end: Ctrl-C, SIGTERM, or the terminal is gone. The task
 * decides how the process ends; Java on its own would exit with 128 plus the signal's number.
 */
final class StopSignals {

  private static final String[] NAMES = {"INT", "TERM", "HUP"};

  private final Map<String, Object> previous = new LinkedHashMap<>();
  private Thread hook;

  /**
   * @param task called by a thread of its own, perhaps more than once
   */
  StopSignals(Runnable task) {
    for (String name : NAMES) {
      Object handler = Signals.register(name, task);
      if (handler != null) {
        previous.put(name, handler);
      }
    }
    if (!previous.containsKey("TERM")) {
      // No signals here, as on some Java runtimes: the end of the process is noticed all the same.
      hook = new Thread(task, "wwep-end");
      addHook();
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
