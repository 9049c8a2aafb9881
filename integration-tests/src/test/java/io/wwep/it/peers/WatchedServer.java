package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Figures;
import io.wwep.it.ProcessWatch;
import io.wwep.it.ProcessWatch.Vitals;
import io.wwep.it.Scale;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A server as a process, and what must hold for it through every attack: boards are answered
 * meanwhile, and afterwards it keeps the protocol, holds no more sockets and objects than before,
 * and has lost no buffer.
 */
final class WatchedServer implements AutoCloseable {

  /** How a server runs. */
  enum Mode {
    /** As the launcher starts it: for figures. */
    AS_SHIPPED("peers.", Surroundings.LAUNCHER),
    /** With Netty following each buffer to its end, which costs several times the work. */
    PARANOID(
        "peers.paranoid.", Surroundings.LAUNCHER.jvm("-Dio.netty.leakDetection.level=paranoid"));

    private final String prefix;
    private final Surroundings surroundings;

    Mode(String prefix, Surroundings surroundings) {
      this.prefix = prefix;
      this.surroundings = surroundings;
    }
  }

  /** What a mob does; returns how many connections it made. */
  @FunctionalInterface
  interface Attack {
    int stage(Mob mob) throws Exception;
  }

  /** How long a connection may say nothing, and how long a handshake may take. */
  static final Duration FIRST_BYTE = Duration.ofSeconds(Scale.of(2, 10));

  static final Duration HANDSHAKE = Duration.ofSeconds(Scale.of(4, 30));

  /** The server's options, for all attacks. */
  private static final List<String> OPTIONS =
      List.of(
          "--quiet",
          "--first-byte-timeout",
          FIRST_BYTE.toSeconds() + "s",
          "--handshake-timeout",
          HANDSHAKE.toSeconds() + "s");

  /** What a board has to wait at most, 99 of 100 times: on a quiet machine, and on any. */
  private static final double P99_MILLIS_MAX = Scale.of(250, 20);

  /** The database's files and the kernel's own may come and go. */
  private static final int DESCRIPTORS_MORE_MAX = 4;

  /** Pools of what connections need, which are bounded. */
  private static final long HEAP_MORE_MAX = 4 << 20;

  private static final Duration BACK_MAX = Duration.ofSeconds(60);
  private static final String CONFORMANCE = Scale.isLong() ? ".*" : "Messages";
  private static final int VISITS_FOR_LEAKS = 20;

  private final Mode mode;
  private final WwepProcess process;
  private final ProcessWatch watch;

  private WatchedServer(Mode mode, Path directory) {
    this.mode = mode;
    process = WwepProcess.serve(mode.surroundings, directory, OPTIONS.toArray(String[]::new));
    watch = new ProcessWatch(process.pid());
  }

  /** Starts a server, and has it do once what it does later, so that nothing is new to it. */
  static WatchedServer start(Mode mode, Path directory) throws Exception {
    assumeTrue(ProcessWatch.isSupported(), "needs /proc and jcmd");
    WatchedServer server = new WatchedServer(mode, directory);
    try {
      ConformanceRun.check(server.process, "Messages");
      server.checkForLeaks();
      return server;
    } catch (Exception | Error failed) {
      server.close();
      throw failed;
    }
  }

  int plainPort() {
    return process.plainPort();
  }

  int tlsPort() {
    return process.tlsPort();
  }

  ProcessWatch watch() {
    return watch;
  }

  /** Returns how large a mob is to be: the long form's size is for a server as it is shipped. */
  int of(int shortForm, int longForm) {
    return mode == Mode.AS_SHIPPED ? Scale.of(shortForm, longForm) : shortForm;
  }

  /** Notes a figure under the name of this part and of the mode. */
  void note(String figure, long value) {
    Figures.note(mode.prefix + figure, value);
  }

  /** Stages an attack, and checks all that must hold for the server. */
  void withstand(String name, Attack attack) throws Exception {
    Vitals before = watch.vitals();
    watch.resetPeak();
    Boards boards = Boards.start(process);
    int connections;
    try (boards;
        Mob mob = new Mob()) {
      connections = attack.stage(mob);
    }
    note(name + ".connections", connections);
    note(name + ".rssPeakMiB", watch.peakRssBytes() >> 20);
    noteWaits(name, "", boards.plainMicros());
    noteWaits(name, ".tls", boards.tlsMicros());
    note(name + ".conformanceTests", ConformanceRun.check(process, CONFORMANCE));
    awaitBack(name, before);
    checkForLeaks();
    assertWaits("plain", boards.plainMicros());
    assertWaits("TLS", boards.tlsMicros());
  }

  private void noteWaits(String name, String port, Histogram micros) {
    Map.of("p50Millis", 50.0, "p99Millis", 99.0, "maxMillis", 100.0)
        .forEach(
            (figure, percentile) ->
                Figures.note(
                    mode.prefix + name + port + "." + figure,
                    "%.1f".formatted(micros.getValueAtPercentile(percentile) / 1e3)));
  }

  private static void assertWaits(String port, Histogram micros) {
    assertThat(micros.getValueAtPercentile(99) / 1e3)
        .as("99th percentile of what boards wait on the %s port, in ms", port)
        .isLessThanOrEqualTo(P99_MILLIS_MAX);
  }

  private void awaitBack(String name, Vitals before) throws Exception {
    await("descriptors as before")
        .atMost(BACK_MAX)
        .until(() -> watch.descriptors() <= before.descriptors() + DESCRIPTORS_MORE_MAX);
    Vitals after = watch.vitals();
    note(name + ".fdsBefore", before.descriptors());
    note(name + ".fdsAfter", after.descriptors());
    note(name + ".heapBeforeKiB", before.heapBytes() >> 10);
    note(name + ".heapAfterKiB", after.heapBytes() >> 10);
    note(name + ".rssBeforeMiB", before.rssBytes() >> 20);
    note(name + ".rssAfterMiB", after.rssBytes() >> 20);
    assertThat(after.heapBytes())
        .as("bytes of live objects on the heap")
        .isLessThanOrEqualTo(before.heapBytes() + HEAP_MORE_MAX);
  }

  /** Netty tells of a lost buffer with the next one that it makes after a collection. */
  void checkForLeaks() throws Exception {
    watch.collectAndMeasureHeap();
    Visit plain = Visit.plain(Sources.BOARDS, plainPort());
    Visit tls = Visit.tls(Sources.BOARDS, tlsPort(), Visit.trustingEverybody());
    for (int i = 0; i < VISITS_FOR_LEAKS; i++) {
      plain.pay("WB0A20B0000");
      tls.pay("WB0A20B0000");
    }
    assertThat(process.errors()).as("lines on the server's standard error").isEmpty();
    assertThat(process.isAlive()).isTrue();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    process.kill();
  }
}
