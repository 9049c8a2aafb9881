package io.wwep.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server again and again: while it serves, while it starts and while it stops. After each
 * kill the history has every acknowledged write, of those under way the first few or none, all in
 * the order in which they were sent, and nothing else; and every register is what the history says.
 */
@Tag("staged")
@Timeout(3600)
class CrashTest {

  private static final int FIRST_DEVICE = 0x1000;
  private static final int CLIENTS = 12;
  private static final int HISTORY_ROWS = 20_000;

  private static final int ACKNOWLEDGEMENTS_MAX = 8_000;
  private static final long LOAD_NANOS_MAX = 3_000_000_000L;

  /** In every third round: so many that the log is copied and begun anew meanwhile, and again. */
  private static final int MANY_ACKNOWLEDGEMENTS_MAX = 40_000;

  private static final long LONG_LOAD_NANOS_MAX = 8_000_000_000L;
  private static final List<Client.Habit> HABITS =
      List.of(Client.Habit.PIPELINED, Client.Habit.PATIENT, Client.Habit.ONE_SHOT);

  private final List<Client> clients = new ArrayList<>();

  /** Counts what the clients have got, of all rounds. */
  private final LongAdder replies = new LongAdder();

  @TempDir private Path directory;

  private Random random;
  private Path file;
  private long lastSequence;
  private long acknowledged;
  private long unacknowledged;
  private long checkpoints;

  @Test
  void shouldKeepEveryAcknowledgedWriteThroughKills() throws Exception {
    int rounds = Scale.of(20, 300);
    long seed = Scale.seed("crashes");
    random = new Random(seed);
    file = directory.resolve("wwep-data").resolve("wwep.db");
    for (int i = 0; i < CLIENTS; i++) {
      Client.Habit habit = HABITS.get(i % HABITS.size());
      boolean secure = i >= CLIENTS / 2;
      clients.add(
          new Client(new Ledger(FIRST_DEVICE + i), habit, secure, new Random(seed + i), replies));
    }
    for (int round = 0; round < rounds; round++) {
      try (WwepProcess server = serve()) {
        check(server);
        killUnderLoad(server, round % 4 == 1, round % 3 == 2);
      }
      countCheckpoints();
      if (round % 4 == 3) {
        killWhileStarting();
      }
    }
    stopAndCheckAgain();
    note(rounds);
  }

  private WwepProcess serve() {
    return WwepProcess.serve(directory, "--quiet", "--history", HISTORY_ROWS + "rows");
  }

  /**
   * @param stopping whether the server is to be asked to stop just before
   * @param late whether it is to have had time for checkpoints
   */
  private void killUnderLoad(WwepProcess server, boolean stopping, boolean late) throws Exception {
    clients.forEach(client -> client.start(server.plainPort(), server.tlsPort()));
    if (late) {
      awaitAcknowledgements(random.nextInt(MANY_ACKNOWLEDGEMENTS_MAX), LONG_LOAD_NANOS_MAX);
    } else {
      awaitAcknowledgements(random.nextInt(ACKNOWLEDGEMENTS_MAX), LOAD_NANOS_MAX);
    }
    if (stopping) {
      server.terminate();
      Thread.sleep(random.nextInt(200));
    }
    server.kill();
    for (Client client : clients) {
      client.awaitEnd();
      acknowledged += client.ledger().acknowledgedCount();
    }
  }

  /** The moment of the kill is counted in writes, so that a slow machine has as many of them. */
  private void awaitAcknowledgements(long count, long nanosMax) throws InterruptedException {
    long deadline = System.nanoTime() + nanosMax;
    long wanted = replies.sum() + count;
    while (replies.sum() < wanted && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
  }

  private void killWhileStarting() throws Exception {
    try (WwepProcess server =
        WwepProcess.start(
            directory, "serve", "--quiet", "--no-http", "--port", "0", "--tls-port", "0")) {
      Thread.sleep(200 + random.nextInt(1000));
      server.kill();
    }
  }

  /**
   * The log counts in its bytes 12 to 15 how often it was copied to the database file and begun
   * anew. The first time is not the load's: a start copies what the killed server left.
   */
  private void countCheckpoints() throws IOException {
    Path log = Path.of(file + "-wal");
    if (!Files.exists(log) || Files.size(log) < 32) {
      return;
    }
    try (FileChannel channel = FileChannel.open(log)) {
      ByteBuffer header = ByteBuffer.allocate(32);
      channel.read(header, 0);
      checkpoints += Math.max(0, header.getInt(12) - 1);
    }
  }

  private void check(WwepProcess server) throws Exception {
    Map<Integer, List<Integer>> rows = newRows();
    for (Client client : clients) {
      List<Integer> own = rows.remove(client.ledger().device());
      unacknowledged += client.ledger().settle(own == null ? List.of() : own);
      client.checkRegisters(server.plainPort(), server.tlsPort());
    }
    assertThat(rows).as("writes of devices that wrote nothing").isEmpty();
  }

  /** Returns for each device its writes of this round, {@code register << 16 | value}, in order. */
  private Map<Integer, List<Integer>> newRows() throws SQLException {
    Map<Integer, List<Integer>> rows = new HashMap<>();
    if (!Files.exists(file)) {
      return rows;
    }
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT seq, device, register, value, port FROM history WHERE seq > "
                    + lastSequence
                    + " ORDER BY seq")) {
      long previous = 0;
      while (result.next()) {
        long sequence = result.getLong(1);
        assertThat(previous == 0 || sequence == previous + 1)
            .as("no hole at %d", sequence)
            .isTrue();
        previous = sequence;
        int device = Integer.parseInt(result.getString(2), 16);
        assertThat(result.getString(5)).isEqualTo(portOf(device));
        rows.computeIfAbsent(device, none -> new ArrayList<>())
            .add(
                (Integer.parseInt(result.getString(3), 16) << 16)
                    | Integer.parseInt(result.getString(4), 16));
      }
      lastSequence = Math.max(lastSequence, previous);
    }
    return rows;
  }

  private String portOf(int device) {
    return clients.get(device - FIRST_DEVICE).isSecure() ? "tls" : "plain";
  }

  private void stopAndCheckAgain() throws Exception {
    try (WwepProcess server = serve()) {
      check(server);
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet check = database.createStatement().executeQuery("PRAGMA integrity_check")) {
      assertThat(check.getString(1)).isEqualTo("ok");
    }
    try (WwepProcess server = serve()) {
      check(server);
    }
  }

  private void note(int rounds) throws SQLException {
    assertThat(acknowledged).isGreaterThan(100L * rounds);
    assertThat(checkpoints).as("checkpoints while it was killed").isPositive();
    assertThat(firstSequence()).as("oldest write that is kept").isGreaterThan(1);
    Figures.note("crash.rounds", rounds);
    Figures.note("crash.acknowledged", acknowledged);
    Figures.note("crash.unacknowledged", unacknowledged);
    Figures.note("crash.checkpoints", checkpoints);
    Figures.note("crash.pruned", firstSequence() - 1);
  }

  private long firstSequence() throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet first =
            database.createStatement().executeQuery("SELECT min(id) FROM history_chunks")) {
      return first.getLong(1);
    }
  }
}
