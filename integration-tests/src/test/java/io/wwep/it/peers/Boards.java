package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Scale;
import io.wwep.it.Threads;
import io.wwep.it.WwepProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Two honest boards beside a mob, one on each port, and how long each waits from connecting to its
 * reply. They are programs in C (visits.c), as boards are: Java's TLS would take longer for its own
 * part of a handshake than the server does. A visit that takes longer than the time between two
 * counts for those too that it kept from being paid.
 */
final class Boards implements AutoCloseable {

  private static final long PLAIN_EVERY_MILLIS = 5;
  private static final long TLS_EVERY_MILLIS = 50;
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);

  /** So many that it is compiled what the server does for a board. */
  private static final int WARM_UP_VISITS = Scale.of(100, 1_000);

  /** Many times as long as it takes where each commit waits for a slow disk. */
  private static final int WARM_UP_SECONDS_MAX = 240;

  private static final int FAILURES_KEPT_MAX = 10;

  /** Each of a visit's calls takes 5 s at most, and a handshake has several. */
  private static final int STOP_MILLIS_MAX = 40_000;

  private static final String WARM = "warm";
  private static final String REASON = ": ";

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Board plain;
  private final Board tls;

  private Boards(WwepProcess server) {
    plain = new Board(server.plainPort(), "plain", "B0A0", PLAIN_EVERY_MILLIS);
    tls = new Board(server.tlsPort(), "tls", "B0A1", TLS_EVERY_MILLIS);
  }

  /**
   * Lets both come until this is closed, from the moment at which both are warm.
   *
   * @param program visits.c, built
   */
  static Boards start(WwepProcess server, Path program) throws Exception {
    Boards boards = new Boards(server);
    try {
      for (Board each : boards.both()) {
        each.begin(program);
      }
      for (Board each : boards.both()) {
        assertThat(each.awaitWarm()).as("warm; %s", boards.failures).isTrue();
      }
      for (Board each : boards.both()) {
        each.go();
      }
      return boards;
    } catch (Exception | Error failed) {
      boards.both().forEach(Board::kill);
      throw failed;
    }
  }

  private List<Board> both() {
    return List.of(plain, tls);
  }

  /** Waits for the boards to be gone; each reply was right. */
  @Override
  public void close() throws IOException {
    for (Board board : both()) {
      board.process.getOutputStream().close();
    }
    List<Integer> exitCodes = new ArrayList<>();
    for (Board board : both()) {
      exitCodes.add(board.awaitEnd());
    }
    assertThat(failures).as("replies to the boards").isEmpty();
    assertThat(exitCodes).as("exit codes of the boards").containsOnly(0);
  }

  /** Returns how long the board on the plain port waited since this was asked last. */
  Histogram plainMicros() {
    return plain.micros.getIntervalHistogram();
  }

  /** Returns how long the board on the TLS port waited since this was asked last. */
  Histogram tlsMicros() {
    return tls.micros.getIntervalHistogram();
  }

  /** A program, and the thread that takes down what it prints. */
  private final class Board extends Thread {
    private final List<String> arguments;
    private final long everyMicros;
    private final Recorder micros = new Recorder(MICROS_MAX, 3);

    /** Comes to its end when the program has. */
    private final CountDownLatch warm = new CountDownLatch(1);

    private volatile boolean measured;
    private Process process;

    Board(int port, String how, String device, long everyMillis) {
      everyMicros = TimeUnit.MILLISECONDS.toMicros(everyMillis);
      arguments =
          List.of(
              Sources.BOARDS.getHostAddress(),
              Integer.toString(port),
              how,
              device,
              Long.toString(everyMillis),
              Integer.toString(WARM_UP_VISITS));
      setDaemon(true);
    }

    private void begin(Path program) throws IOException {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(arguments);
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      start();
    }

    private boolean awaitWarm() throws InterruptedException {
      return warm.await(WARM_UP_SECONDS_MAX, TimeUnit.SECONDS) && process.isAlive();
    }

    private void go() throws IOException {
      measured = true;
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    @Override
    public void run() {
      try (BufferedReader lines = process.inputReader()) {
        lines.lines().forEach(this::takeDown);
      } catch (IOException | UncheckedIOException failed) {
        fail(failed.toString());
      } finally {
        warm.countDown();
      }
    }

    private void takeDown(String line) {
      if (line.equals(WARM)) {
        warm.countDown();
        return;
      }
      String[] tookAndReason = line.split(REASON, 2);
      if (measured) {
        long took = Math.min(Long.parseLong(tookAndReason[0]), MICROS_MAX);
        micros.recordValueWithExpectedInterval(took, everyMicros);
      }
      if (tookAndReason.length > 1) {
        fail(tookAndReason[1]);
      }
    }

    private void fail(String reason) {
      if (failures.size() < FAILURES_KEPT_MAX) {
        failures.add(reason);
      }
    }

    /** Returns the program's exit code; one that does not end is killed. */
    private int awaitEnd() {
      Threads.join(this, STOP_MILLIS_MAX); // It ends with the program's output.
      if (isAlive()) {
        kill();
      }
      return process.onExit().join().exitValue();
    }

    private void kill() {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}
