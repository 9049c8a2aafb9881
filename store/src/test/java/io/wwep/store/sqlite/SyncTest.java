package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Fsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts what the process asks of the disk, seen from outside with strace. */
final class SyncTest {

  private static final String LOG = "wwep.db-wal";

  @TempDir private Path directory;

  private Path trace;

  private List<String> strace(String... options) throws IOException {
    assumeTrue(works("strace"), "strace is not installed, or may not trace");
    trace = directory.resolve("trace");
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-y",
                "-qq",
                "-o",
                trace.toString(),
                "-e",
                "trace=fsync,fdatasync"));
    command.addAll(List.of(options));
    return command;
  }

  private static boolean works(String tool) {
    try {
      return new ProcessBuilder(tool, "-qq", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs one thread that writes and returns the lines it printed. */
  private List<String> run(List<String> prefix, Fsync fsync, int writes, long pauseMillis)
      throws Exception {
    List<String> lines = new ArrayList<>();
    try (ChildServer child =
        ChildServer.start(prefix, directory.resolve("data"), fsync, 1, writes, pauseMillis)) {
      String line = child.readLine();
      while (line != null) {
        lines.add(line);
        line = child.readLine();
      }
      assertThat(child.waitFor()).isZero();
    }
    return lines;
  }

  /** Counts the acknowledgements that no sync of the log went before, since the one before it. */
  private long acknowledgedWithoutSync() throws IOException {
    boolean synced = false;
    long bare = 0;
    for (String line : Files.readAllLines(trace)) {
      if (line.contains("sync(") && line.contains(LOG)) {
        synced = true;
      } else if (line.contains("\"ack ")) {
        bare += synced ? 0 : 1;
        synced = false;
      }
    }
    return bare;
  }

  private long syncs(String file) throws IOException {
    try (var lines = Files.lines(trace)) {
      return lines.filter(line -> line.contains(file) && line.contains("sync(")).count();
    }
  }

  /** Without a pause, and with pauses in which the store folds, for which it need not sync. */
  @ParameterizedTest
  @CsvSource({"300, 0", "8, 300"})
  void shouldSyncTheLogBeforeEachAcknowledgementWithAlways(int writes, long pauseMillis)
      throws Exception {
    List<String> prefix = strace("-e", "trace=fsync,fdatasync,write");
    List<String> lines = run(prefix, Fsync.ALWAYS, writes, pauseMillis);
    assertThat(lines).filteredOn(line -> line.startsWith("ack")).hasSize(writes);
    assertThat(syncs(LOG)).isGreaterThanOrEqualTo(writes);
    assertThat(acknowledgedWithoutSync()).isZero();
  }

  @Test
  void shouldSyncTheLogAboutOnceASecondWithEverysec() throws Exception {
    List<String> lines = run(strace(), Fsync.EVERYSEC, 350, 10);
    assertThat(lines).filteredOn(line -> line.startsWith("ack")).hasSize(350);
    // 350 writes in at least 3.5 s: one sync a second, and a few for the start and checkpoints.
    assertThat(syncs(LOG)).isBetween(3L, 20L);
  }

  @Test
  void shouldNeverSyncWithNever() throws Exception {
    List<String> lines = run(strace(), Fsync.NEVER, 300, 5);
    assertThat(lines).filteredOn(line -> line.startsWith("ack")).hasSize(300);
    assertThat(syncs("wwep.db")).isZero();
  }

  @Test
  void shouldFailWritesThatTheDiskRefusesToSyncAndHealAfterwards() throws Exception {
    List<String> prefix = strace("-e", "inject=fdatasync,fsync:error=EIO:when=20..40");
    List<String> lines = run(prefix, Fsync.ALWAYS, 200, 2);
    assertThat(lines).filteredOn(line -> line.startsWith("fail")).isNotEmpty();
    assertThat(lines.get(lines.size() - 1)).isEqualTo("done");
    assertThat(lines).contains("ack 0 199");
    List<String> acknowledged =
        lines.stream()
            .filter(line -> line.startsWith("ack"))
            .map(
                line ->
                    "%04X".formatted(Integer.parseInt(line.substring(line.lastIndexOf(" ") + 1))))
            .toList();
    assertThat(
            Sql.rows(directory.resolve("data/wwep.db"), "SELECT value FROM history ORDER BY seq"))
        .isEqualTo(acknowledged);
  }
}
