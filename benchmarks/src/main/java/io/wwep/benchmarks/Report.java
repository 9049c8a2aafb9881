package io.wwep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fills the template of docs/performance.md with the figures of a run of {@code compare}, and says
 * which goals are missed.
 *
 * <p>The reasons for goals that are missed are in {@code reasons.tsv} beside the goals: case, tab,
 * text.
 *
 * <p>The run's directory holds {@code peers.txt} and {@code epoll.txt}, as {@code peers.sh} printed
 * them, {@code figures.tsv} with name, value, unit and words of each further figure, and a text for
 * each other place of the template, {@code NAME.txt} for <code>{{NAME}}</code>.
 */
final class Report {

  private static final int MISSED = 1;
  private static final int UNUSABLE = 2;
  private static final int FIGURE_COLUMNS = 4;

  private final Path run;
  private final List<Goal.Verdict> verdicts = new ArrayList<>();

  private Report(Path run) {
    this.run = run;
  }

  /**
   * Arguments: the run's directory, the goals, the template, the page to write, and the names of
   * the cases that were run, separated by commas; without them all were. Exit code 0 when every
   * goal of these cases is met, 1 when one is missed, 2 when there is nothing to judge.
   */
  public static void main(String[] args) {
    try {
      Set<String> cases = args.length > 4 ? Set.of(args[4].split(",", -1)) : Set.of();
      System.exit(
          new Report(Path.of(args[0]))
              .write(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), cases));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(UNUSABLE);
    }
  }

  /** Judges and writes; returns the exit code. */
  static int of(Path run, Path goals, Path template, Path page, Set<String> cases)
      throws IOException {
    return new Report(run).write(goals, template, page, cases);
  }

  private int write(Path goals, Path template, Path page, Set<String> cases) throws IOException {
    judge(Files.readAllLines(goals), cases);
    String text = Files.readString(template);
    text = text.replace("{{goals}}", goalTable());
    text = text.replace("{{reasons}}", reasons(goals.resolveSibling("reasons.tsv")));
    text = text.replace("{{figures}}", figureTable());
    Files.writeString(page, filled(text));
    List<Goal.Verdict> missed = verdicts.stream().filter(verdict -> !verdict.isMet()).toList();
    missed.forEach(Report::print);
    System.out.printf("%d of %d goals met%n", verdicts.size() - missed.size(), verdicts.size());
    return missed.isEmpty() ? 0 : MISSED;
  }

  private void judge(List<String> lines, Set<String> cases) throws IOException {
    Map<String, Double> figures = figures();
    lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Goal::parse)
        .filter(goal -> cases.isEmpty() || cases.contains(goal.caseName()))
        .forEach(goal -> verdicts.add(goal.judge(figures)));
    if (verdicts.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the cases %s has a goal: take names from goals.tsv".formatted(cases));
    }
  }

  private Map<String, Double> figures() throws IOException {
    Map<String, Double> figures = new TreeMap<>();
    figures.putAll(PeersOutput.figures("peers", lines("peers.txt")));
    figures.putAll(PeersOutput.figures("epoll", lines("epoll.txt")));
    for (String[] row : rows()) {
      figures.put(row[0], Double.valueOf(row[1]));
    }
    return figures;
  }

  private List<String[]> rows() throws IOException {
    return lines("figures.tsv").stream()
        .map(line -> line.split("\t", -1))
        .filter(row -> row.length == FIGURE_COLUMNS)
        .toList();
  }

  private List<String> lines(String name) throws IOException {
    Path file = run.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private String goalTable() {
    StringBuilder table =
        new StringBuilder("| case | goal | wanted | measured | |\n|---|---|---|---|---|\n");
    for (Goal.Verdict verdict : verdicts) {
      table
          .append("| ")
          .append(verdict.goal().caseName())
          .append(" | ")
          .append(verdict.goal().text())
          .append(" | ")
          .append(verdict.goal().wanted())
          .append(" | ")
          .append(verdict.measuredText())
          .append(verdict.isMet() ? " | met |\n" : " | **MISSED** |\n");
    }
    return table.toString().stripTrailing();
  }

  /** Returns the reason of each case that misses a goal, as far as the file has one. */
  private String reasons(Path file) throws IOException {
    Set<String> missed = new TreeSet<>();
    verdicts.stream()
        .filter(verdict -> !verdict.isMet())
        .forEach(verdict -> missed.add(verdict.goal().caseName()));
    StringBuilder reasons = new StringBuilder();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      String[] columns = line.split("\t", 2);
      if (missed.remove(columns[0])) {
        reasons.append("- `%s`: %s%n".formatted(columns[0], columns[1]));
      }
    }
    missed.forEach(name -> reasons.append("- `%s`: not looked into.%n".formatted(name)));
    return reasons.isEmpty() ? "None is." : reasons.toString().stripTrailing();
  }

  private String figureTable() throws IOException {
    StringBuilder table = new StringBuilder("| figure | |\n|---|---|\n");
    for (String[] row : rows()) {
      table.append("| %s | %s %s |%n".formatted(row[3], row[1], row[2]));
    }
    return table.toString().stripTrailing();
  }

  /** Puts the run's texts in their places. */
  private String filled(String text) throws IOException {
    String filled = text;
    try (var files = Files.newDirectoryStream(run, "*.txt")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceFirst("\\.txt$", "");
        filled = filled.replace("{{" + name + "}}", Files.readString(file).stripTrailing());
      }
    }
    return filled.replaceAll("\\{\\{[a-z]+}}", "not measured");
  }

  private static void print(Goal.Verdict verdict) {
    System.out.printf(
        "MISSED  %-12s %s: %s, wanted %s%n",
        verdict.goal().caseName(),
        verdict.goal().text(),
        verdict.measuredText(),
        verdict.goal().wanted());
  }
}
