package io.wwep.server;

/**
 * How many connections are taken at a time, and how many more are told that they are not.
 *
 * @param max connections that are served
 * @param toldMax connections beyond these that get an {@code X}; further ones are closed at once
 * @param descriptorsMax what the operating system grants, where that is what bounds {@code max};
 *     otherwise {@link Descriptors#UNBOUNDED}
 */
record ConnectionLimit(int max, int toldMax, int descriptorsMax) {

  private static final int TOLD_MAX = 256;
  private static final int TOLD_SHARE = 8;

  /**
   * @param wanted as configured, from 1 on
   * @param descriptors how many files and sockets the process may have open
   */
  static ConnectionLimit of(int wanted, int descriptors) {
    int usable = Math.max(2, descriptors - Descriptors.RESERVED);
    int told = Math.min(TOLD_MAX, Math.max(1, usable / TOLD_SHARE));
    return wanted <= usable - told
        ? new ConnectionLimit(wanted, told, Descriptors.UNBOUNDED)
        : new ConnectionLimit(usable - told, told, descriptors);
  }

  boolean isBoundByDescriptors() {
    return descriptorsMax != Descriptors.UNBOUNDED;
  }

  /** Says to who is turned away why, and what helps. */
  String sentence() {
    return "%d connections are open, as many as this server takes: close some, or %s"
        .formatted(max, cure());
  }

  /** Says at the start what is less than was asked for. */
  String warning(int wanted) {
    return "takes %d connections at a time and not %d, because this process may have %d files open: %s, or ask for fewer with --max-connections"
        .formatted(max, wanted, descriptorsMax, cure());
  }

  private String cure() {
    return isBoundByDescriptors()
        ? "let it open more files (ulimit -n) and start it again"
        : "start it with a larger --max-connections";
  }
}
