package io.wwep.it.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets a running process's calls on some files fail or hang for a while, with strace. */
final class FailingDisk {

  private static final int DETACH_SECONDS_MAX = 10;

  private final List<Path> files;

  FailingDisk(Path... files) {
    this.files = List.of(files);
  }

  /** What a test does while the disk fails. */
  interface Meanwhile {
    void run() throws Exception;
  }

  /** Skips the test where no process can be traced. */
  static void assumePossible() throws Exception {
    boolean works;
    try {
      works = new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException notInstalled) {
      works = false;
    }
    assumeTrue(works, "strace is not installed, or may not trace");
  }

  /**
   * Lets calls fail while something is done.
   *
   * @param calls as in {@code pwrite64,fdatasync}
   * @param error as in {@code EIO}
   */
  void fail(WwepProcess server, String calls, String error, Meanwhile meanwhile) throws Exception {
    inject(server, calls, "error=" + error, meanwhile);
  }

  /**
   * Lets calls take long while something is done.
   *
   * @param calls as in {@code fsync}
   * @param delay before each of them
   */
  void hang(WwepProcess server, String calls, Duration delay, Meanwhile meanwhile)
      throws Exception {
    inject(server, calls, "delay_enter=" + delay.toNanos() / 1_000, meanwhile);
  }

  private void inject(WwepProcess server, String calls, String what, Meanwhile meanwhile)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls));
    for (Path file : files) {
      command.addAll(List.of("-P", file.toString()));
    }
    command.addAll(List.of("-e", "inject=" + calls + ":" + what));
    command.addAll(List.of("-p", Long.toString(server.pid())));
    Process strace = new ProcessBuilder(command).inheritIO().start();
    try {
      await().until(() -> isTraced(server.pid()));
      meanwhile.run();
    } finally {
      strace.destroy();
      assertThat(strace.waitFor(DETACH_SECONDS_MAX, TimeUnit.SECONDS))
          .as("strace lets go")
          .isTrue();
    }
  }

  private static boolean isTraced(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.allMatch(FailingDisk::isThreadTraced);
    }
  }

  private static boolean isThreadTraced(Path thread) {
    try (Stream<String> status = Files.lines(thread.resolve("status"))) {
      return status.noneMatch(line -> line.matches("TracerPid:\\s+0"));
    } catch (IOException | UncheckedIOException ended) {
      return true;
    }
  }
}
