package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of two megabytes that gets full, and has room again. */
final class DiskFullTest {

  @TempDir private Path directory;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "wwep-test", disk.toString());
    assumeTrue(mounted, "a small tmpfs cannot be mounted by this user");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldFailWritesWhenTheDiskIsFullAndHealWhenThereIsRoom() throws Exception {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[1_000_000]);
    List<String> acknowledged = new ArrayList<>();
    try (Store store = SqliteStore.openIn(disk, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      int number = fill(store, acknowledged);
      int last = store.read(1);
      Call refused = Call.write(1, number).thenRead(1).runOn(store);
      assertThat(refused.values()).containsExactly(Batch.FAILED, last);
      assertThat(refused.failure())
          .isEqualTo(
              disk.resolve("wwep.db") + " cannot grow because the disk is full: free some space");
      Files.delete(ballast);
      int healed = number;
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> Call.write(1, healed).runOn(store).failure() == null);
      acknowledged.add("%04X".formatted(healed));
      assertThat(store.read(1)).isEqualTo(healed);
    }
    assertThat(Sql.rows(disk.resolve("wwep.db"), "SELECT value FROM history"))
        .isEqualTo(acknowledged);
  }

  /** Writes until a write fails and returns its number. */
  private static int fill(Store store, List<String> acknowledged) {
    for (int number = 0; number < 65_536; number++) {
      if (Call.write(1, number).runOn(store).failure() != null) {
        return number;
      }
      acknowledged.add("%04X".formatted(number));
    }
    throw new AssertionError("the disk never got full");
  }
}
