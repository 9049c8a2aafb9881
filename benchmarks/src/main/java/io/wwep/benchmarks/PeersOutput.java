package io.wwep.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code peers.sh} printed: a line of headings, and a line of columns for each contender of
 * each case.
 */
final class PeersOutput {

  /** Names of the columns behind case and contender; the two ratios are made anew from ops. */
  private static final List<String> COLUMNS =
      List.of("ops", "p50", "p99", "cpu", "/C", "/Redis", "errors");

  private PeersOutput() {}

  /**
   * Returns the figures by name, {@code run.case.contender.column}, as in {@code
   * peers.read.wwep-plain.ops}. Lines that are not rows of the table are passed over.
   *
   * @param run what the names begin with
   */
  static Map<String, Double> figures(String run, List<String> lines) {
    Map<String, Double> figures = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.strip().split(" +", -1);
      if (words.length == COLUMNS.size() + 2 && !words[0].equals("case")) {
        addRow(figures, run + "." + words[0] + "." + words[1] + ".", words);
      }
    }
    return figures;
  }

  private static void addRow(Map<String, Double> figures, String prefix, String[] words) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      String column = COLUMNS.get(i);
      if (!column.startsWith("/")) {
        figures.put(prefix + column, Double.valueOf(words[i + 2]));
      }
    }
  }
}
