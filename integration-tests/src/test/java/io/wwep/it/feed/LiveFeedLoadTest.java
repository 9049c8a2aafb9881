package io.wwep.it.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.bench.Bench;
import io.wwep.bench.Load;
import io.wwep.bench.Target;
import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What readers of events cost the server.
 *
 * <p>What is compared is how many requests the server answers in a second of its own processor time,
 * with and without readers, in turn and in one run: the readers themselves and the generator take
 * their part of the same processors, and that is none of the server's cost.
 */
@Timeout(600)
class LiveFeedLoadTest {

  private static final int READERS = 20;
  private static final double SHARE_MIN = 0.95;
  private static final double MESSAGES_PER_SECOND = 20_000;

  @TempDir private Path directory;

  /**
   * One round.
   *
   * @param ratePerSecond requests answered
   * @param perProcessorSecond requests answered in a second of the server's processor time
   */
  private record Round(double ratePerSecond, double perProcessorSecond) {}

  private WwepProcess serve() {
    return WwepProcess.serve(
        Surroundings.LAUNCHER,
        directory,
        "--store",
        "memory:",
        "--quiet",
        "--http",
        "127.0.0.1:0");
  }

  private static Load load(double ratePerSecond, int seconds) {
    return new Load(
        50,
        16,
        50,
        500,
        16,
        ratePerSecond,
        false,
        false,
        0,
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(seconds));
  }

  private static Round round(WwepProcess server, Load load) {
    Target target = Target.of("127.0.0.1", server.plainPort(), null, false);
    Bench bench = new Bench(target, load);
    long[] cpu = new long[2];
    var result =
        bench.run(
            second -> {
              if (second.warmUp()) {
                cpu[0] = cpuNanos(server);
              }
              cpu[1] = cpuNanos(server);
            });
    double seconds = (cpu[1] - cpu[0]) / 1e9;
    return new Round(result.ratePerSecond(), result.requests() / seconds);
  }

  private static long cpuNanos(WwepProcess server) {
    return ProcessHandle.of(server.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow()
        .toNanos();
  }

  @Test
  void shouldLoseLessThanATwentiethOfItsThroughputToTwentyReaders() throws Exception {
    try (WwepProcess server = serve()) {
      round(server, load(0, Scale.of(3, 10)));
      List<Double> shares = new ArrayList<>();
      List<Double> rates = new ArrayList<>();
      for (int i = 0; i < Scale.of(5, 15); i++) {
        Round without = round(server, load(0, 2));
        try (EventReaders readers = EventReaders.reading(server.consolePort(), READERS)) {
          await().until(() -> readers.bytes() > READERS);
          long before = readers.bytes();
          Round with = round(server, load(0, 2));
          assertThat(readers.bytes()).isGreaterThan(before + READERS * 10_000L);
          shares.add(with.perProcessorSecond / without.perProcessorSecond);
          rates.add(with.ratePerSecond / without.ratePerSecond);
          System.out.printf("%s %s %d%n", without, with, readers.bytes() - before);
        }
      }
      Figures.note("feed.throughput.share", "%.3f".formatted(median(shares)));
      Figures.note("feed.throughput.wall", "%.3f".formatted(median(rates)));
      assertThat(median(shares)).as("%s", shares).isGreaterThan(SHARE_MIN);
    }
  }

  private static double median(List<Double> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
  }
}
