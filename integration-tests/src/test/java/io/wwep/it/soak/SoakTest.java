package io.wwep.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Figures;
import io.wwep.it.ProcessWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour of everything that a server meets, at whose end it is as it was: {@code ./test soak
 * [MINUTES]}. Without it a few seconds are run, so that the soak itself stays in order; those say
 * nothing of a trend.
 *
 * <p>The rule, by {@link Series}: the growth of the second half goes on for a day and stays below a
 * bound, and what the last third took at the median is at most a tenth more than in the first.
 * Times are judged only where the machine had as little else to do at the end as at the beginning.
 */
@Tag("staged")
class SoakTest {

  private static final Integer MINUTES = Integer.getInteger("wwep.soak.minutes");
  private static final Path SVG = Path.of(System.getProperty("wwep.soak.svg", "target/soak.svg"));

  private static final double LAST_TO_FIRST_MAX = 1.1;
  private static final double RSS_MIB_A_DAY_MAX = 64;
  private static final double HEAP_MIB_A_DAY_MAX = 16;
  private static final double DESCRIPTORS_A_DAY_MAX = 100;

  /** What a neighbour on the machine may do to times that are this short. */
  private static final double MILLIS_MORE = 1;

  private static final double LOAD_MORE = 0.5;

  /** The database's own files come and go with its work in the background. */
  private static final double DESCRIPTORS_MORE = 5;

  @TempDir private Path directory;

  @Test
  void shouldBeAtTheEndAsItWasAtTheBeginning() throws Exception {
    assumeTrue(ProcessWatch.isSupported(), "needs /proc and jcmd");
    Soak.Result result = soak().run(directory);
    List<Interval> intervals = result.intervals();
    Path absolute = SVG.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Files.writeString(absolute, SoakDrawing.of(intervals));
    System.out.println("drawn in " + absolute);
    assertThat(intervals).allSatisfy(each -> assertThat(each.requestsPerSecond()).isPositive());
    assertThat(result.renewals()).as("certificates that were renewed and shown").isPositive();
    if (MINUTES != null) {
      Figures.note("soak.renewals", result.renewals());
      note(intervals);
      judge(intervals);
    }
  }

  private static Soak soak() {
    return MINUTES == null
        ? new Soak(Duration.ofSeconds(4), Duration.ofSeconds(12), Duration.ofSeconds(2), 2)
        : new Soak(Duration.ofMinutes(1), Duration.ofMinutes(MINUTES), Duration.ofSeconds(10), 6);
  }

  private static void note(List<Interval> intervals) {
    Figures.note("soak.loadMinutes", MINUTES);
    Figures.note("soak.errors", 0); // the first one would have ended it
    double requests =
        intervals.stream().mapToDouble(Interval::requestsPerSecond).average().orElseThrow();
    Figures.note("soak.requestsPerSecond", Math.round(requests));
    Figures.note("soak.requests", Math.round(requests * 60 * MINUTES));
    note("soak.p50", "Millis", Series.of(intervals, Interval::p50Millis));
    note("soak.p99", "Millis", Series.of(intervals, Interval::p99Millis));
    note("soak.p999", "Millis", Series.of(intervals, Interval::p999Millis));
    note("soak.rss", "MiB", Series.of(intervals, Interval::rssMiB));
    note("soak.heap", "MiB", Series.of(intervals, Interval::heapMiB));
    note("soak.fds", "", Series.of(intervals, Interval::descriptors));
  }

  private static void note(String name, String unit, Series series) {
    Figures.note(name + "First" + unit, words(series.first()));
    Figures.note(name + "Last" + unit, words(series.last()));
    Figures.note(name + "GrowthInADay" + unit, words(series.growthInADay()));
  }

  private static String words(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void judge(List<Interval> intervals) {
    Series rss = Series.of(intervals, Interval::rssMiB);
    Series heap = Series.of(intervals, Interval::heapMiB);
    Series descriptors = Series.of(intervals, Interval::descriptors);
    assertGrowth("memory in MiB", rss, RSS_MIB_A_DAY_MAX);
    assertGrowth("live heap in MiB", heap, HEAP_MIB_A_DAY_MAX);
    assertGrowth("descriptors", descriptors, DESCRIPTORS_A_DAY_MAX);
    assertLast("memory in MiB", rss, 0);
    assertLast("live heap in MiB", heap, 0);
    assertLast("descriptors", descriptors, DESCRIPTORS_MORE);
    assumeQuietMachine(intervals);
    assertLast("median in ms", Series.of(intervals, Interval::p50Millis), MILLIS_MORE);
    assertLast("p99 in ms", Series.of(intervals, Interval::p99Millis), MILLIS_MORE);
  }

  /**
   * Who has a machine for himself can judge times; others may blame a neighbour's on the server.
   */
  private static void assumeQuietMachine(List<Interval> intervals) {
    Series load = Series.of(intervals, Interval::machineLoad);
    assumeTrue(
        load.last() <= LAST_TO_FIRST_MAX * load.first() + LOAD_MORE,
        "times are not judged: others took more of this machine at the end (load %.1f) than at the beginning (%.1f)"
            .formatted(load.last(), load.first()));
  }

  private static void assertGrowth(String what, Series series, double aDayMax) {
    assertThat(series.growthInADay()).as("growth in a day: " + what).isLessThanOrEqualTo(aDayMax);
  }

  private static void assertLast(String what, Series series, double more) {
    assertThat(series.last())
        .as("the last third: %s, and %.1f in the first".formatted(what, series.first()))
        .isLessThanOrEqualTo(LAST_TO_FIRST_MAX * series.first() + more);
  }
}
