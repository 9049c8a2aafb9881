package io.wwep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures as the scripts leave them, held against goals. */
class ReportTest {

  private static final String PEERS =
      """
      case       contender           ops/s    p50us    p99us  cpu_us/op       /C   /Redis errors
      read       c                  100000      376      896      8.000     1.00     1.25 0
      read       redis               80000      472     1056     10.000     0.80     1.00 0
      read       wwep-plain         120000      392     1008      8.400     1.20     1.50 0
      hsrsa      c-rsa1               1676    28160    49152    576.056     1.00        - 0
      hsrsa      wwep-rsa              844    55296    83968   1429.700     0.50        - 3
      """;
  private static final String READ_GOAL =
      "read\trequests, of Redis's\tpeers.read.wwep-plain.ops\tpeers.read.redis.ops\t>=\t1.3\t-\n";
  private static final String CPU_GOAL =
      "read\tprocessor time\tpeers.read.wwep-plain.cpu\tpeers.read.redis.cpu\t<=\t0.85\t-\n";
  private static final String MEMORY_GOAL = "memory\tfresh\tmemory.fresh_mb\t-\t<=\t120\tMB\n";
  private static final String ERRORS_GOAL =
      "hsrsa\thandshakes\tpeers.hsrsa.wwep-rsa.ops\tpeers.hsrsa.c-rsa1.ops\t>=\t0.1\t-\n";

  @TempDir Path directory;
  private Path run;
  private Path page;

  @BeforeEach
  void makeRun() throws IOException {
    run = Files.createDirectory(directory.resolve("run"));
    page = directory.resolve("performance.md");
    write("run/peers.txt", PEERS);
    write("run/date.txt", "2026-11-25\n");
    write("template", "On {{date}} with {{engine}}.\n\n{{goals}}\n\n{{figures}}\n\n{{peers}}\n");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private int report(String goals, String... cases) throws IOException {
    return Report.of(
        run, write("goals", goals), directory.resolve("template"), page, Set.of(cases));
  }

  @Test
  void shouldEndWellWhenEveryGoalIsMet() throws IOException {
    write("run/figures.tsv", "memory.fresh_mb\t110.4\tMB\tresident memory of a fresh server\n");

    assertThat(report(READ_GOAL + CPU_GOAL + MEMORY_GOAL)).isZero();

    assertThat(page)
        .content()
        .contains("On 2026-11-25 with not measured.")
        .contains("| read | requests, of Redis's | ≥ 1.30 | 1.50 | met |")
        .contains("| read | processor time | ≤ 0.85 | 0.84 | met |")
        .contains("| memory | fresh | ≤ 120 MB | 110 MB | met |")
        .contains("| resident memory of a fresh server | 110.4 MB |")
        .contains(PEERS);
  }

  @Test
  void shouldEndBadlyWhenAGoalIsMissed() throws IOException {
    write("run/figures.tsv", "memory.fresh_mb\t121\tMB\tresident memory of a fresh server\n");

    assertThat(report(READ_GOAL + MEMORY_GOAL)).isEqualTo(1);

    assertThat(page)
        .content()
        .contains("≥ 1.30 | 1.50 | met |")
        .contains("≤ 120 MB | 121 MB | **MISSED** |");
  }

  @Test
  void shouldMissAGoalThatWasNotMeasured() throws IOException {
    assertThat(report(MEMORY_GOAL)).isEqualTo(1);

    assertThat(page).content().contains("| not measured | **MISSED** |");
  }

  @Test
  void shouldPassOverGoalsOfCasesThatWereNotAskedFor() throws IOException {
    assertThat(report(READ_GOAL + MEMORY_GOAL, "read")).isZero();

    assertThat(page).content().doesNotContain("fresh");
  }

  @Test
  void shouldMissAGoalWhoseFigureCameWithErrors() throws IOException {
    assertThat(report(ERRORS_GOAL)).isEqualTo(1);

    assertThat(page).content().contains("| 3 errors | **MISSED** |");
  }

  @Test
  void shouldMissAGoalWhoseFigureIsDividedByNothing() throws IOException {
    write("run/peers.txt", PEERS.replace("80000", "    0"));

    assertThat(report(READ_GOAL)).isEqualTo(1);

    assertThat(page).content().contains("| divided by nothing | **MISSED** |");
  }

  @Test
  void shouldRefuseToJudgeNothing() {
    assertThatThrownBy(() -> report(READ_GOAL, "nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take names from goals.tsv");
  }

  @Test
  void shouldShowALineThatIsNoGoal() {
    assertThatThrownBy(() -> report("read\tfast\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("read\tfast")
        .hasMessageContaining("with a tab between");
  }

  @Test
  void shouldSayWhyGoalsAreMissed() throws IOException {
    write("template", "Why:\n\n{{reasons}}\n");
    write("reasons.tsv", "# case, reason\nread\tthe kernel\nhsrsa\tthe library\n");

    assertThat(report(CPU_GOAL.replace("0.85", "0.1") + MEMORY_GOAL)).isEqualTo(1);
    assertThat(page).hasContent("Why:\n\n- `read`: the kernel\n- `memory`: not looked into.");

    assertThat(report(READ_GOAL)).isZero();
    assertThat(page).hasContent("Why:\n\nNone is.");
  }
}
