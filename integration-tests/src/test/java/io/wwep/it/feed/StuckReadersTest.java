package io.wwep.it.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.bench.Bench;
import io.wwep.bench.Load;
import io.wwep.bench.Target;
import io.wwep.it.Figures;
import io.wwep.it.ProcessWatch;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Readers of events that take none cost the server a bounded amount of memory. */
@Tag("staged")
@Timeout(300)
@EnabledIf("io.wwep.it.ProcessWatch#isSupported")
class StuckReadersTest {

  private static final int READERS = 100;

  /** What waits for a reader that takes nothing: 64 KiB, and one choice of events. */
  private static final long READER_BYTES_MAX = 512 * 1024;

  /** A heap in which what all of them miss has no room. */
  private static final Surroundings SMALL =
      Surroundings.LAUNCHER.jvm("-Xmx64m", "-XX:MaxDirectMemorySize=64m");

  @TempDir private Path directory;

  @Test
  void shouldKeepNothingForReadersThatTakeNothing() throws Exception {
    try (WwepProcess server =
        WwepProcess.serve(
            SMALL, directory, "--store", "memory:", "--quiet", "--http", "127.0.0.1:0")) {
      ProcessWatch watch = new ProcessWatch(server.pid());
      load(server, 5);
      long heapBefore = watch.vitals().heapBytes();
      long before = watch.rssBytes();
      watch.resetPeak();
      try (EventReaders stuck = EventReaders.stuck(consolePort(server), READERS)) {
        load(server, Scale.of(15, 60));
        long heap = watch.vitals().heapBytes() - heapBefore;
        long memory = watch.peakRssBytes() - before;
        Figures.note("feed.stuck.heap", "%d KB".formatted(heap / READERS / 1024));
        Figures.note("feed.stuck.memory", "%d KB".formatted(memory / READERS / 1024));
        assertThat(heap).as("heap").isLessThan(READERS * READER_BYTES_MAX);
        assertThat(memory).as("memory").isLessThan(READERS * READER_BYTES_MAX);
        followsStill(server);
        stuck.read();
        await("what waited for them").until(() -> stuck.bytes() > READERS * 10_000L);
      }
    }
  }

  private static int consolePort(WwepProcess server) {
    return URI.create(server.consoleUrl()).getPort();
  }

  private static void load(WwepProcess server, int seconds) {
    Load load =
        new Load(
            50,
            1,
            50,
            500,
            16,
            20_000,
            false,
            false,
            0,
            1,
            Duration.ZERO,
            Duration.ofSeconds(seconds));
    new Bench(Target.of("127.0.0.1", server.plainPort(), null, false), load).run(second -> {});
  }

  private static void followsStill(WwepProcess server) throws Exception {
    try (EventReaders healthy = EventReaders.reading(consolePort(server), 1)) {
      await().until(() -> healthy.bytes() > 100);
      long before = healthy.bytes();
      load(server, 1);
      assertThat(healthy.bytes()).isGreaterThan(before + 10_000);
    }
  }
}
