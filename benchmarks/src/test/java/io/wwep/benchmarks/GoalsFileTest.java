package io.wwep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The goals speak of figures by name; the scripts have to make figures of these names. */
class GoalsFileTest {

  private static List<Goal> goals() throws IOException {
    return Files.readAllLines(Path.of("goals.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Goal::parse)
        .toList();
  }

  private static Stream<String> figuresOf(Goal goal) {
    return Stream.of(goal.figure(), goal.against()).filter(name -> !name.equals("-"));
  }

  private static SortedSet<String> found(String regex, String text) {
    return Pattern.compile(regex, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldHaveAScriptForEveryFigure() throws IOException {
    String scripts =
        Files.readString(Path.of("lib/figures.sh")) + Files.readString(Path.of("lib/lasting.sh"));
    TreeSet<String> wanted =
        goals().stream()
            .flatMap(GoalsFileTest::figuresOf)
            .filter(name -> !name.matches("(peers|epoll)\\..*"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(wanted).isNotEmpty();
    assertThat(found("^ *figure ([a-z]+\\.[a-z0-9_]+) ", scripts)).containsAll(wanted);
  }

  @Test
  void shouldNameCasesAndContendersOfThePeersScript() throws IOException {
    String script = Files.readString(Path.of("peers.sh"));
    for (Goal goal : goals()) {
      figuresOf(goal)
          .filter(name -> name.matches("(peers|epoll)\\..*"))
          .map(name -> name.split("\\.", -1))
          .forEach(
              parts ->
                  assertThat(script)
                      .as(String.join(".", parts))
                      .containsPattern(
                          "(?m)^run_case " + parts[1] + " .* " + parts[2] + "( .*)?$"));
    }
  }

  @Test
  void shouldHaveAFunctionForEveryCaseOfCompare() throws IOException {
    String scripts =
        Files.readString(Path.of("lib/figures.sh")) + Files.readString(Path.of("lib/lasting.sh"));
    String compare = Files.readString(Path.of("compare"));
    String own = found("OWN_CASES=\"([^\"]*)\"", compare).first();

    assertThat(found("^case_([a-z]+)\\(\\)", scripts))
        .containsExactlyInAnyOrder(own.split(" ", -1));
  }
}
