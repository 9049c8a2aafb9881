package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is killed under load, started again, killed again. */
final class KillTest {

  private static final int ROUNDS = 3;

  @TempDir private Path directory;

  /** The last number of each register that was acknowledged, and that a reader saw. */
  private final int[] acknowledged = new int[ChildServer.WRITERS];

  private final int[] seen = new int[ChildServer.WRITERS];

  @ParameterizedTest
  @EnumSource
  void shouldKeepEveryAcknowledgedAndEverySeenWriteWhenKilled(Fsync fsync) throws Exception {
    Path data = directory.resolve("data");
    long seed = System.nanoTime();
    System.out.println("KillTest " + fsync + " seed " + seed);
    Random random = new Random(seed);
    Arrays.fill(acknowledged, -1);
    Arrays.fill(seen, -1);
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(data, fsync, 500 + random.nextInt(4000));
      // Read by another program before any server has looked at the file.
      assertThat(Sql.number(data.resolve("wwep.db"), "SELECT count(*) FROM registers"))
          .isEqualTo(ChildServer.WRITERS);
      check(data, fsync);
    }
    assertThat(Arrays.stream(acknowledged).sum()).isGreaterThan(ROUNDS * 100);
  }

  private void runAndKill(Path data, Fsync fsync, int lines) throws Exception {
    try (ChildServer child =
        ChildServer.start(List.of(), data, fsync, ChildServer.WRITERS, 60_000, 0)) {
      assertThat(child.readLine()).isEqualTo(ChildServer.READY);
      int left = lines;
      String line = child.readLine();
      while (line != null) {
        if (--left == 0) {
          child.kill();
        }
        note(line);
        line = child.readLine();
      }
    }
  }

  /** The last line may have been cut by the kill. */
  private void note(String line) {
    String[] words = line.split(" ", -1);
    if (words.length == 3 && !words[2].isEmpty()) {
      assertThat(words[0]).isIn("ack", "seen");
      int[] last = words[0].equals("ack") ? acknowledged : seen;
      int register = Integer.parseInt(words[1]) >> 8;
      last[register] = Math.max(last[register], Integer.parseInt(words[2]));
    }
  }

  private void check(Path data, Fsync fsync) throws Exception {
    try (Store store = SqliteStore.openIn(data, fsync, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < ChildServer.WRITERS; i++) {
        int kept = store.read(i << 8);
        assertThat(kept).as("register %d, acknowledged", i).isGreaterThanOrEqualTo(acknowledged[i]);
        assertThat(kept).as("register %d, seen", i).isGreaterThanOrEqualTo(seen[i]);
        // A thread goes on once its line is out, so at most one number has no line.
        assertThat(kept).as("register %d", i).isLessThanOrEqualTo(acknowledged[i] + 1);
        assertThat(
                Sql.rows(
                    data.resolve("wwep.db"),
                    "SELECT count(*), max(value) FROM history WHERE device = '%04X'".formatted(i)))
            .containsExactly((kept + 1) + "|" + "%04X".formatted(kept));
      }
    }
  }
}
