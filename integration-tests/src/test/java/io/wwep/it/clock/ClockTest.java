package io.wwep.it.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.CSource;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wall clock of a running server is set back, to 1970 and forward by years: the history keeps
 * the order of the commits, no connection lives longer or shorter, and no register is lost.
 */
@Tag("staged")
@Timeout(60)
class ClockTest {

  private static final long YEAR_SECONDS = 365L * 24 * 3600;

  @TempDir private Path directory;

  private Path offset;
  private Surroundings surroundings;

  @BeforeEach
  void build() throws Exception {
    offset = directory.resolve("offset");
    Path library = CSource.library("clock.c", directory);
    setClock(0);
    surroundings =
        Surroundings.NONE
            .with("LD_PRELOAD", library.toString())
            .with("CLOCK_OFFSET", offset.toString());
  }

  /** At one stroke: a process must not read half a number. */
  private void setClock(long offsetSeconds) throws IOException {
    Path next = directory.resolve("offset.next");
    Files.writeString(next, Long.toString(offsetSeconds));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long secondsTo1970() {
    return -System.currentTimeMillis() / 1000;
  }

  private void write(WwepProcess server, String value) throws IOException {
    assertThat(Visit.plain(null, server.plainPort()).pay("W0FAC0B" + value))
        .isEqualTo("A0FAC0B" + value);
  }

  @Test
  void shouldKeepTheOrderOfCommitsWhateverTheClockSays() throws Exception {
    try (WwepProcess server = WwepProcess.serve(surroundings, directory, "--history", "90d")) {
      write(server, "0001");
      setClock(-3600);
      write(server, "0002");
      setClock(secondsTo1970());
      write(server, "0003");
      setClock(10 * YEAR_SECONDS);
      write(server, "0004");
      setClock(0);
      write(server, "0005");
      server.kill();
    }
    List<String> rows = history();
    assertThat(rows).extracting(row -> row.substring(0, 4)).endsWith("0005").isSorted();
    assertThat(rows)
        .filteredOn(row -> row.startsWith("0003"))
        .allMatch(row -> row.contains("1970-01-01"));
    setClock(secondsTo1970());
    try (WwepProcess server = WwepProcess.serve(surroundings, directory)) {
      assertThat(Visit.plain(null, server.plainPort()).pay("R0FAC0B")).isEqualTo("A0FAC0B0005");
      write(server, "0006");
    }
    assertThat(history()).last().asString().startsWith("0006 1970");
  }

  /** Returns value and time of each write that is kept, in order. */
  private List<String> history() throws Exception {
    Path file = directory.resolve("wwep-data").resolve("wwep.db");
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet result =
            database
                .createStatement()
                .executeQuery("SELECT value, time FROM history ORDER BY seq")) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getString(2));
      }
      return rows;
    }
  }

  @Test
  void shouldMeasureTimeoutsByTheMonotonicClock() throws Exception {
    try (WwepProcess server =
        WwepProcess.serve(surroundings, directory, "--quiet", "--frame-timeout", "1s")) {
      for (long jump : new long[] {-3600, secondsTo1970(), 10 * YEAR_SECONDS, 0}) {
        long took = nanosOfAnIncompleteFrame(server, jump);
        assertThat(took).isBetween(TimeUnit.MILLISECONDS.toNanos(950), TimeUnit.SECONDS.toNanos(6));
      }
    }
  }

  /** The clock jumps in the middle of a frame that never ends. */
  private long nanosOfAnIncompleteFrame(WwepProcess server, long jump) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("W0FAC".getBytes(StandardCharsets.US_ASCII));
      long start = System.nanoTime();
      setClock(jump);
      assertThat(socket.getInputStream().read()).isEqualTo('X');
      return System.nanoTime() - start;
    }
  }
}
