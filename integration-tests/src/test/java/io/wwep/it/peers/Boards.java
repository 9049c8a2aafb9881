package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Scale;
import io.wwep.it.Threads;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Two honest boards beside a mob, one on each port, and how long each waits from connecting to its
 * reply. A visit that takes longer than the time between two counts for those too that it kept from
 * being paid.
 */
final class Boards implements AutoCloseable {

  private static final long PLAIN_EVERY_MILLIS = 5;
  private static final long TLS_EVERY_MILLIS = 50;
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);

  /** So many that it is compiled what a board does, and not measured how. */
  private static final int WARM_UP_VISITS = Scale.of(100, 1_000);

  private static final int FAILURES_KEPT_MAX = 10;
  private static final int STOP_MILLIS_MAX = 10_000;

  /** Loads classes and compiles, for all tests in this process. */
  private static final SSLContext TLS = Trust.everybody();

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Board plain;
  private final Board tls;
  private volatile boolean stopped;

  private Boards(WwepProcess server) {
    plain = new Board("B0A0", Visit.plain(Sources.BOARDS, server.plainPort()), PLAIN_EVERY_MILLIS);
    tls = new Board("B0A1", Visit.tls(Sources.BOARDS, server.tlsPort(), TLS), TLS_EVERY_MILLIS);
  }

  /** Lets both come until this is closed; the times of the first visits are not kept. */
  static Boards start(WwepProcess server) {
    Boards boards = new Boards(server);
    boards.plain.warmUp();
    boards.tls.warmUp();
    boards.plain.start();
    boards.tls.start();
    return boards;
  }

  /** Waits for the boards to be gone; each reply was right. */
  @Override
  public void close() {
    stopped = true;
    for (Board board : List.of(plain, tls)) {
      Threads.join(board, STOP_MILLIS_MAX);
      assertThat(board.isAlive()).as("a board still waits").isFalse();
    }
    assertThat(failures).as("replies to the boards").isEmpty();
  }

  /** Returns how long the board on the plain port waited since this was asked last. */
  Histogram plainMicros() {
    return plain.micros.getIntervalHistogram();
  }

  /** Returns how long the board on the TLS port waited since this was asked last. */
  Histogram tlsMicros() {
    return tls.micros.getIntervalHistogram();
  }

  private final class Board extends Thread {
    private final String device;
    private final Visit visit;
    private final long everyMicros;
    private final Recorder micros = new Recorder(MICROS_MAX, 3);
    private int value;

    Board(String device, Visit visit, long everyMillis) {
      this.device = device;
      this.visit = visit;
      everyMicros = TimeUnit.MILLISECONDS.toMicros(everyMillis);
      setDaemon(true);
    }

    private void warmUp() {
      for (int i = 0; i < WARM_UP_VISITS; i++) {
        visit();
      }
      micros.reset();
    }

    @Override
    public void run() {
      long due = System.nanoTime();
      while (!stopped) {
        visit();
        long every = TimeUnit.MICROSECONDS.toNanos(everyMicros);
        due = Math.max(due + every, System.nanoTime() - every);
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }

    private void visit() {
      value = (value + 1) & 0xFFFF;
      String registerAndValue = "%s0B%04X".formatted(device, value);
      long start = System.nanoTime();
      String reply;
      try {
        reply = visit.pay("W" + registerAndValue);
      } catch (IOException failed) {
        reply = failed.toString();
      }
      long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
      micros.recordValueWithExpectedInterval(Math.min(took, MICROS_MAX), everyMicros);
      if (!reply.equals("A" + registerAndValue) && failures.size() < FAILURES_KEPT_MAX) {
        failures.add("W%s: %s".formatted(registerAndValue, reply));
      }
    }
  }
}
