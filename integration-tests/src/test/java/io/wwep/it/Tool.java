package io.wwep.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of the system that a test runs; a test whose program is missing is skipped by name. */
public final class Tool {

  /** Both streams block, and the common pool may have one thread only. */
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  private static final int TIMEOUT_SECONDS = 20;

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param out what it printed
   * @param err what it complained about
   */
  public record Result(int exit, String out, String err) {}

  private final List<String> command;

  private Tool(List<String> command) {
    this.command = command;
  }

  /** Names a program and its arguments, and skips the test when there is no such program. */
  public static Tool of(String... command) {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    return new Tool(List.of(command));
  }

  static boolean isInstalled(String program) {
    if (program.contains(File.separator)) {
      return Files.isExecutable(Path.of(program));
    }
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    String file = windows ? program + ".exe" : program;
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, file)));
  }

  /** Runs the program with this input, whose end it sees. */
  public Result run(String input) throws Exception {
    return run(input, Pattern.compile("(?s).*"));
  }

  /**
   * Runs the program with this input and shows it the input's end only when its output matches, or
   * the program has closed its output: some programs leave at the end of their input, whether or
   * not the reply has come.
   */
  public Result run(String input, Pattern untilPrinted) throws Exception {
    Process process = new ProcessBuilder(command).start();
    try {
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()), OWN_THREAD);
      CompletableFuture<String> out =
          CompletableFuture.supplyAsync(() -> talk(process, input, untilPrinted), OWN_THREAD);
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String printed = out.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      String complained = err.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        throw new AssertionError(
            "%s did not end within %d s; printed: %s; complained: %s"
                .formatted(command, TIMEOUT_SECONDS, printed, complained));
      }
      return new Result(process.exitValue(), printed, complained);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String talk(Process process, String input, Pattern untilPrinted) {
    StringBuilder printed = new StringBuilder();
    InputStream stdout = process.getInputStream();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.ISO_8859_1));
      stdin.flush();
      int b = 0;
      while (b >= 0 && !untilPrinted.matcher(printed).matches()) {
        b = stdout.read();
        append(printed, b);
      }
    } catch (IOException ended) {
      // The program left while it was being talked to; what it printed tells the rest.
    }
    return printed + readAll(stdout);
  }

  private static void append(StringBuilder printed, int b) {
    if (b >= 0) {
      printed.append((char) b);
    }
  }

  private static String readAll(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
