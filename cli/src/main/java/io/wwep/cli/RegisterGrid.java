package io.wwep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The 256 registers of a device as 16 rows of 16. */
final class RegisterGrid {

  private static final int WIDTH = 16;
  private static final String NEVER_WRITTEN = "····";

  private RegisterGrid() {}

  /**
   * Returns the lines.
   *
   * @param written register number to value, for the registers that were written
   */
  static List<String> lines(Map<Integer, Integer> written) {
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder("  ");
    for (int column = 0; column < WIDTH; column++) {
      header.append("   +%X".formatted(column));
    }
    lines.add(header.toString());
    for (int row = 0; row < WIDTH; row++) {
      lines.add(row(row, written));
    }
    return lines;
  }

  private static String row(int row, Map<Integer, Integer> written) {
    StringBuilder line = new StringBuilder("%X0".formatted(row));
    for (int column = 0; column < WIDTH; column++) {
      Integer value = written.get(row * WIDTH + column);
      line.append(' ').append(value == null ? NEVER_WRITTEN : RegisterJson.value(value));
    }
    return line.toString();
  }
}
