package io.wwep.cli;

/**
 * A line that changes while something takes its time; on a terminal alone, since in a file each
 * would stay. May be used by any thread.
 */
final class ProgressLine {

  private static final String CLEAR = "\r\u001B[K";

  private final Console console;
  private final boolean shown;

  /**
   * @param wanted whether to show it where there is a terminal
   */
  ProgressLine(Console console, boolean wanted) {
    this.console = console;
    shown = console.terminal() && wanted;
  }

  /** Shows this in place of what was shown before. */
  synchronized void show(String line) {
    if (shown) {
      console.out().print(CLEAR + console.plain(line));
      console.out().flush();
    }
  }

  /** Makes room for what stays. */
  synchronized void clear() {
    if (shown) {
      console.out().print(CLEAR);
    }
  }
}
