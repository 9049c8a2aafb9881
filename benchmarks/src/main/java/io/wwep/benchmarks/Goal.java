package io.wwep.benchmarks;

import java.util.Locale;
import java.util.Map;

/**
 * What a figure has to be. A line of goals.tsv, whose columns are separated by tabs.
 *
 * @param caseName the measurement that it belongs to
 * @param text what is measured, for people
 * @param figure name of the figure
 * @param against name of the figure that it is divided by, or {@code -}
 * @param atLeast whether the limit is the least that is wanted, or the most
 * @param limit what is wanted
 * @param unit of the limit, or {@code -}
 */
record Goal(
    String caseName,
    String text,
    String figure,
    String against,
    boolean atLeast,
    double limit,
    String unit) {

  private static final int COLUMNS = 7;

  /** What came out, with the measured number or why there is none. */
  record Verdict(Goal goal, double measured, String problem) {

    boolean isMet() {
      return problem.isEmpty() && (goal.atLeast ? measured >= goal.limit : measured <= goal.limit);
    }

    String measuredText() {
      return problem.isEmpty() ? goal.withUnit(measured) : problem;
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none; the message shows it
   */
  static Goal parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS || !columns[4].matches(">=|<=")) {
      throw new IllegalArgumentException(
          "not a goal: \"%s\": write case, text, figure, figure to divide by or -, >= or <=, limit and unit or -, with a tab between"
              .formatted(line));
    }
    return new Goal(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        columns[4].equals(">="),
        Double.parseDouble(columns[5]),
        columns[6]);
  }

  /** Judges the figures of a run. A figure that is missing or comes with errors meets no goal. */
  Verdict judge(Map<String, Double> figures) {
    String missing = figures.containsKey(figure) ? against : figure;
    if (!missing.equals("-") && !figures.containsKey(missing)) {
      return new Verdict(this, Double.NaN, "not measured");
    }
    double errors = figures.getOrDefault(figure.replaceFirst("[^.]*$", "errors"), 0.0);
    if (errors > 0) {
      return new Verdict(this, Double.NaN, "%.0f errors".formatted(errors));
    }
    double measured = figures.get(figure) / (against.equals("-") ? 1 : figures.get(against));
    return Double.isFinite(measured)
        ? new Verdict(this, measured, "")
        : new Verdict(this, Double.NaN, "divided by nothing");
  }

  String wanted() {
    return (atLeast ? "≥ " : "≤ ") + withUnit(limit);
  }

  private String withUnit(double number) {
    String digits = String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number);
    return unit.equals("-") ? digits : digits + " " + unit;
  }
}
