package io.wwep.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exit its exit code, or {@link #NOT_STARTED} or {@link #TOO_LATE}
 * @param lines what it printed, errors too
 */
record Finished(int exit, List<String> lines) {

  static final int NOT_STARTED = -1;
  static final int TOO_LATE = -2;

  private static final int OUTPUT_BYTES_MAX = 64 * 1024;

  /**
   * Runs a program.
   *
   * @param directory where it runs; null for here
   * @param input what is typed
   */
  static Finished of(List<String> command, Path directory, String input, Duration patience) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory == null ? null : directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return new Finished(NOT_STARTED, List.of(String.valueOf(e.getMessage())));
    }
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> output(process), Finished::onItsOwnThread);
    try {
      type(process, input);
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        return new Finished(
            TOO_LATE, List.of("it did not end within " + patience.toSeconds() + " s"));
      }
      return new Finished(process.exitValue(), output.join().lines().toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finished(TOO_LATE, List.of("it was interrupted"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** It blocks, and the threads that all share may be one. */
  private static void onItsOwnThread(Runnable task) {
    Thread thread = new Thread(task, "lesson-output");
    thread.setDaemon(true);
    thread.start();
  }

  private static void type(Process process, String input) {
    try (OutputStream keys = process.getOutputStream()) {
      keys.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading; its exit code says why.
    }
  }

  private static String output(Process process) {
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
      output.transferTo(OutputStream.nullOutputStream());
      return text;
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns the first line that says something, or what there is to say of none. */
  String firstLine() {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("it ended with code %d and said nothing".formatted(exit));
  }
}
