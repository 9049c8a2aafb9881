package io.wwep.it.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.bench.Bench;
import io.wwep.bench.Load;
import io.wwep.bench.Result;
import io.wwep.bench.Target;
import io.wwep.console.ConsoleConfig;
import io.wwep.console.WwepConsole;
import io.wwep.console.api.Watched;
import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.testkit.TestServer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What readers of events cost the server that they watch.
 *
 * <p>Readers, generator and server share the processors of one machine, so a rate would tell what
 * they cost together, and how busy the machine is with other things. Here the server's own threads
 * are asked for their processor time, in rounds without and with readers in turn. A server at its
 * limit keeps an event loop busy all the time; what is taken from one processor is taken from its
 * throughput.
 */
@Tag("staged")
@Timeout(600)
class LiveFeedLoadTest {

  private static final int READERS = 20;
  private static final double MESSAGES_PER_SECOND = 20_000;
  private static final double SHARE_MAX = 0.05;

  /** Fifteen megabytes a second, and made four times a second out of thousands of objects. */
  private static final double BOARDS_SHARE_MAX = 0.15;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * One round.
   *
   * @param http processors that the console keeps busy, on average
   * @param loopNanos processor time of the event loops for one message
   * @param bytes that came to the readers
   */
  private record Round(double http, double loopNanos, long bytes) {}

  @Test
  void shouldLoseLessThanATwentiethOfItsThroughputToTwentyReaders() throws Exception {
    try (TestServer server = TestServer.start();
        WwepConsole console = console(server)) {
      withReaders(server, console); // until the compiler is done with what both do
      List<Double> shares = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < Scale.of(3, 15); i++) {
        Round without = round(server);
        Round with = withReaders(server, console);
        assertThat(with.bytes).as("all can follow").isGreaterThan(READERS * 100_000L);
        shares.add(with.http - without.http);
        ratios.add(without.loopNanos / with.loopNanos);
      }
      Figures.note("feed.readers.processor", "%.1f%%".formatted(100 * median(shares)));
      Figures.note("feed.loop.ratio", "%.2f".formatted(median(ratios)));
      assertThat(median(shares)).as("of one processor: %s", shares).isLessThan(SHARE_MAX);
    }
  }

  /** Cards of all boards are made at most four times a second, however many pages ask. */
  @Test
  void shouldShowFiveHundredBoardsToTwentyPages() throws Exception {
    try (TestServer server = TestServer.start();
        WwepConsole console = console(server)) {
      round(server);
      askEachSecond(console, Scale.of(10, 30));
      long start = System.nanoTime();
      long before = cpuNanos("wwep-http") + cpuNanos("wwep-boards");
      int bytes = askEachSecond(console, Scale.of(10, 60));
      long cpu = cpuNanos("wwep-http") + cpuNanos("wwep-boards") - before;
      double share = cpu / (double) (System.nanoTime() - start);
      Figures.note("feed.boards.bytes", bytes);
      Figures.note("feed.boards.processor", "%.1f%%".formatted(100 * share));
      assertThat(share).as("of one processor").isLessThan(BOARDS_SHARE_MAX);
    }
  }

  /** Returns how long one answer was. */
  private static int askEachSecond(WwepConsole console, int seconds) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(console.url() + "api/v1/boards")).build();
    int bytes = 0;
    long start = System.nanoTime();
    for (int i = 0; i < seconds * READERS; i++) {
      LockSupport.parkNanos(start + i * SECOND_NANOS / READERS - System.nanoTime());
      HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      bytes = answer.body().length;
    }
    return bytes;
  }

  private static WwepConsole console(TestServer server) {
    return WwepConsole.start(
        new ConsoleConfig("127.0.0.1", 0),
        new Watched(server.server(), server.store(), null, "test"));
  }

  private static Round withReaders(TestServer server, WwepConsole console) throws Exception {
    try (EventReaders readers = EventReaders.reading(console.port(), READERS)) {
      Round round = round(server);
      return new Round(round.http, round.loopNanos, readers.bytes());
    }
  }

  private static Round round(TestServer server) {
    Target target = Target.of("127.0.0.1", server.plainPort(), null, false);
    Load load =
        new Load(
            50,
            1,
            50,
            500,
            16,
            MESSAGES_PER_SECOND,
            false,
            false,
            0,
            1,
            Duration.ZERO,
            Duration.ofSeconds(4));
    long start = System.nanoTime();
    long http = cpuNanos("wwep-http");
    long loop = cpuNanos("wwep-loop");
    Result result = new Bench(target, load).run(second -> {});
    double elapsed = System.nanoTime() - start;
    return new Round(
        (cpuNanos("wwep-http") - http) / elapsed,
        (cpuNanos("wwep-loop") - loop) / (double) result.requests(),
        0);
  }

  /** Returns the processor time of threads whose names begin so. */
  private static long cpuNanos(String name) {
    long sum = 0;
    for (ThreadInfo each : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (each != null && each.getThreadName().startsWith(name)) {
        sum += Math.max(0, THREADS.getThreadCpuTime(each.getThreadId()));
      }
    }
    return sum;
  }

  private static double median(List<Double> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
  }
}
