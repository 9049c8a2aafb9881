package io.wwep.store.sqlite;

/**
 * How many rows a step of housekeeping takes, so that it holds up a waiting write for a few
 * milliseconds on any machine: halved after a step that took long, doubled after a quick one.
 */
final class StepSize {

  /** What a step should take at most. */
  static final long TARGET_NANOS = 4_000_000;

  private static final int ROWS_MIN = 64;
  private static final int ROWS_MAX = 16_384;

  private int rows = 512;

  int rows() {
    return rows;
  }

  /** Learns from a step of the full size. */
  void took(long nanos) {
    if (nanos > TARGET_NANOS) {
      rows = Math.max(ROWS_MIN, rows / 2);
    } else if (nanos < TARGET_NANOS / 3) {
      rows = Math.min(ROWS_MAX, rows * 2);
    }
  }
}
