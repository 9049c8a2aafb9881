package io.wwep.it;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wwep command as a process of its own, with what it prints. */
final class WwepProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern PLAIN = Pattern.compile("\\s*plain\\s+port (\\d+) .*");
  private static final Pattern TLS = Pattern.compile("\\s*TLS\\s+port (\\d+) .*");

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private WwepProcess(Process process) {
    this.process = process;
    readers.add(follow(process.getInputStream(), output));
    readers.add(follow(process.getErrorStream(), errors));
  }

  /** Returns the class path that a user has: without ArchUnit's SLF4J, which talks on start. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts the command in a directory. */
  static WwepProcess start(Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), "io.wwep.cli.Main"));
    command.addAll(List.of(arguments));
    try {
      return new WwepProcess(new ProcessBuilder(command).directory(directory.toFile()).start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Starts a server on free ports, with its data below the directory, and waits until it serves.
   */
  static WwepProcess serve(Path directory, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--tls-port", "0"));
    arguments.addAll(List.of(options));
    WwepProcess server = start(directory, arguments.toArray(String[]::new));
    await()
        .atMost(START_TIMEOUT)
        .until(
            () ->
                !server.process.isAlive() || server.output.stream().anyMatch(WwepProcess::isData));
    if (!server.process.isAlive()) {
      throw new IllegalStateException("the server did not start: " + server.errors());
    }
    return server;
  }

  private static boolean isData(String line) {
    return line.strip().startsWith("data ");
  }

  private static Thread follow(InputStream stream, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(
                      new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException ended) {
                // The process is gone.
              }
            });
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  int plainPort() {
    return port(PLAIN);
  }

  int tlsPort() {
    return port(TLS);
  }

  private int port(Pattern pattern) {
    return output.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> Integer.parseInt(match.group(1)))
        .findFirst()
        .orElseThrow();
  }

  /** Types text into the process. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  List<String> output() {
    return List.copyOf(output);
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Waits for a printed line and returns it. */
  String awaitLine(Predicate<String> wanted) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> output.stream().filter(wanted).findFirst().orElse(null), line -> line != null);
  }

  /** Waits for the end of the process and of its output; returns the exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running: " + output);
    }
    for (Thread reader : readers) {
      reader.join(5_000);
    }
    return process.exitValue();
  }

  /** Asks the process to end, as Ctrl-C and service managers do. */
  void terminate() {
    process.destroy();
  }

  /** Kills the process at once (kill -9). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
