package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.CSource;
import io.wwep.it.Figures;
import io.wwep.it.ProcessWatch;
import io.wwep.it.ProcessWatch.Vitals;
import io.wwep.it.Scale;
import io.wwep.it.Tool;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

  /** How a server runs, and how hard it is attacked. */
  enum Mode {
    /** As the launcher starts it: for figures. */
    AS_SHIPPED("peers.", Surroundings.LAUNCHER, 5_000),

    /** With Netty following each buffer to its end, which costs several times the work. */
    PARANOID("peers.paranoid.", Surroundings.LAUNCHER.jvm(LEAK_DETECTION), 500),

    /** With a disk that takes its time, so that nearly always a commit is under way. */
    SLOW_DISK("peers.slowDisk.", Surroundings.LAUNCHER.under(SLOW_DISK_COMMAND), 500);

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // Its lists and its map are copies.
    private final Surroundings surroundings;

    private final int connectionsPerSecond;

    /**
     * @param prefix of the names of figures
     * @param connectionsPerSecond how fast a mob comes
     */
    Mode(String prefix, Surroundings surroundings, int connectionsPerSecond) {
      this.prefix = prefix;
      this.surroundings = surroundings;
      this.connectionsPerSecond = connectionsPerSecond;
    }
  }

  /** With one stack trace for each buffer, or they fill the heap that is looked at here. */
  private static final String[] LEAK_DETECTION = {
    "-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=1"
  };

  /** Has each sync take 30 ms longer. */
  private static final String[] SLOW_DISK_COMMAND =
      ("strace -f --seccomp-bpf -qq -o /dev/null -e trace=fdatasync"
              + " -e inject=fdatasync:delay_exit=30000")
          .split(" ", -1);

  /** What a mob does; returns how many connections it made. */
  @FunctionalInterface
  interface Attack {
    int stage(Mob mob) throws Exception;
  }

  /** The longest pause in a frame; longer in the short form, which runs on busy machines. */
  static final Duration FRAME = Duration.ofMillis(Scale.of(500, 150));

  private static final Duration LINGER = Duration.ofMillis(Scale.of(500, 250));

  /** How long a connection may say nothing, and how long a handshake may take. */
  private static final Duration FIRST_BYTE = Duration.ofMillis(Scale.of(2_000, 30_000));

  static final Duration HANDSHAKE = Duration.ofMillis(Scale.of(4_000, 30_000));

  /** The server's options, for all attacks. */
  private static final List<String> OPTIONS =
      List.of(
          "--quiet",
          "--frame-timeout",
          FRAME.toMillis() + "ms",
          "--linger",
          LINGER.toMillis() + "ms",
          "--first-byte-timeout",
          FIRST_BYTE.toMillis() + "ms",
          "--handshake-timeout",
          HANDSHAKE.toMillis() + "ms");

  /** What boards wait at most, 99 of 100 times, whatever else this machine has to do. */
  private static final double P99_MILLIS_MAX = 2_000;

  /** The database's files and the kernel's own may come and go. */
  private static final int DESCRIPTORS_MORE_MAX = 4;

  /** Pools of what connections need, which are bounded. */
  private static final long HEAP_MORE_MAX = 3 << 20;

  /** Each has 256 devices. */
  private static final int TABLE_PARTS = 256;

  private static final Duration BACK_MAX = Duration.ofSeconds(60);
  private static final String CONFORMANCE = Scale.isLong() ? ".*" : "Messages";
  private static final int VISITS_FOR_LEAKS = 20;

  private final Mode mode;
  private final WwepProcess process;
  private final ProcessWatch watch;
  private final Path visits;

  /** During an attack. */
  private Boards boards;

  private WatchedServer(Mode mode, Path directory, Path visits, String... jvmOptions) {
    this.mode = mode;
    this.visits = visits;
    Surroundings surroundings = mode.surroundings.jvm(jvmOptions);
    process = WwepProcess.serve(surroundings, directory, OPTIONS.toArray(String[]::new));
    watch = new ProcessWatch(java().pid());
  }

  /** Returns the server's own process, where another program started it. */
  private ProcessHandle java() {
    ProcessHandle started = ProcessHandle.of(process.pid()).orElseThrow();
    return started.children().findFirst().orElse(started);
  }

  /** Starts a server. */
  static WatchedServer start(Mode mode, Path directory, String... jvmOptions) throws Exception {
    assumeTrue(ProcessWatch.isSupported(), "needs /proc and jcmd");
    mode.surroundings.prefix().stream().limit(1).forEach(Tool::of);
    Path visits = CSource.program("visits.c", directory, "openssl");
    return new WatchedServer(mode, directory, visits, jvmOptions);
  }

  /** Starts one, and has it do once what it does later, so that nothing is new to it. */
  static WatchedServer startWarm(Mode mode, Path directory) throws Exception {
    WatchedServer server = start(mode, directory);
    try {
      server.fillTable();
      ConformanceRun.check(server.process, "Messages");
      server.checkForLeaks();
      return server;
    } catch (Exception | Error failed) {
      server.close();
      throw failed;
    }
  }

  /** Has the server make all parts of its table now, which it makes as they are written to. */
  private void fillTable() throws IOException {
    StringBuilder writes = new StringBuilder();
    for (int part = 0; part < TABLE_PARTS; part++) {
      writes.append("W%02X00000000".formatted(part));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plainPort())) {
      socket.getOutputStream().write(writes.toString().getBytes(StandardCharsets.US_ASCII));
      String replies =
          new String(
              socket.getInputStream().readNBytes(writes.length()), StandardCharsets.US_ASCII);
      assertThat(replies).isEqualTo(writes.toString().replace('W', 'A'));
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

  /** Whether it is shown here how long boards wait. */
  boolean isMeasured() {
    return mode == Mode.AS_SHIPPED && Scale.isLong();
  }

  /**
   * How long boards have waited, 99 of 100 times.
   *
   * @param plainMillis on the plain port
   * @param tlsMillis on the TLS port
   */
  record Waits(double plainMillis, double tlsMillis) {}

  /** During an attack: notes how long boards have waited since this was asked last. */
  Waits boardsWaited(String name) {
    return new Waits(
        noteWaits(name, "", boards.plainMicros()), noteWaits(name, ".tls", boards.tlsMicros()));
  }

  /**
   * Stages an attack, and checks all that must hold for the server.
   *
   * @return how long boards have waited since an attack has asked last
   */
  Waits withstand(String name, Attack attack) throws Exception {
    Vitals before = watch.vitals();
    watch.resetPeak();
    Boards started = Boards.start(process, visits);
    boards = started;
    int connections;
    try (started;
        Mob mob = new Mob(mode.connectionsPerSecond)) {
      connections = attack.stage(mob);
    }
    note(name + ".connections", connections);
    note(name + ".rssPeakMiB", watch.peakRssBytes() >> 20);
    Waits waits = boardsWaited(name);
    note(name + ".conformanceTests", ConformanceRun.check(process, CONFORMANCE));
    awaitBack(name, before);
    checkForLeaks();
    assertThat(List.of(waits.plainMillis(), waits.tlsMillis()))
        .as("99th percentile of what boards wait on each port, in ms")
        .allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(P99_MILLIS_MAX));
    return waits;
  }

  private double noteWaits(String name, String port, Histogram micros) {
    Map.of("p50Millis", 50.0, "p99Millis", 99.0, "maxMillis", 100.0)
        .forEach(
            (figure, percentile) ->
                Figures.note(
                    mode.prefix + name + port + "." + figure,
                    "%.1f".formatted(micros.getValueAtPercentile(percentile) / 1e3)));
    assertThat(micros.getTotalCount()).as("visits: " + name + port).isPositive();
    return micros.getValueAtPercentile(99) / 1e3;
  }

  private void awaitBack(String name, Vitals before) throws Exception {
    await("descriptors as before")
        .atMost(BACK_MAX)
        .until(() -> watch.descriptors() <= before.descriptors() + DESCRIPTORS_MORE_MAX);
    // What has closed goes from pools and queues a little later.
    Vitals after =
        await("at most %,d bytes on the heap".formatted(before.heapBytes() + HEAP_MORE_MAX))
            .atMost(BACK_MAX)
            .pollInterval(Duration.ofSeconds(1))
            .until(watch::vitals, now -> now.heapBytes() <= before.heapBytes() + HEAP_MORE_MAX);
    note(name + ".fdsBefore", before.descriptors());
    note(name + ".fdsAfter", after.descriptors());
    note(name + ".heapBeforeKiB", before.heapBytes() >> 10);
    note(name + ".heapAfterKiB", after.heapBytes() >> 10);
    note(name + ".rssBeforeMiB", before.rssBytes() >> 20);
    note(name + ".rssAfterMiB", after.rssBytes() >> 20);
  }

  /** Netty tells of a lost buffer with the next one that it makes after a collection. */
  void checkForLeaks() throws Exception {
    watch.collectAndMeasureHeap();
    Visit plain = Visit.plain(Sources.BOARDS, plainPort());
    Visit tls = Visit.tls(Sources.BOARDS, tlsPort(), Trust.everybody());
    for (int i = 0; i < VISITS_FOR_LEAKS; i++) {
      plain.pay("WB0A20B0000");
      tls.pay("WB0A20B0000");
    }
    assertThat(process.errors()).as("lines on the server's standard error").isEmpty();
    assertThat(process.isAlive()).isTrue();
  }

  @Override
  public void close() {
    ProcessHandle java = java();
    java.destroyForcibly();
    java.onExit().join();
    process.close();
  }
}
