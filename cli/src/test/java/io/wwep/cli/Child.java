package io.wwep.cli;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command as a process of its own. */
final class Child implements AutoCloseable {

  private static final Pattern PLAIN = Pattern.compile("\\s*plain\\s+port (\\d+) .*");

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private Child(String name, Redirect out, Path directory, List<String> args) {
    this(name, out, directory, java(Main.class, args));
  }

  /**
   * @param name by which the launcher was typed
   * @param command all of it, with what it runs under
   */
  private Child(String name, Redirect out, Path directory, Stream<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command.toList()).directory(directory.toFile());
      builder.environment().put("WWEP_COMMAND", name);
      process = builder.redirectOutput(out).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    follow(process.getErrorStream(), err);
  }

  private static Stream<String> java(Class<?> main, List<String> args) {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return Stream.concat(java, args.stream());
  }

  static Child start(Path directory, String... args) {
    return startAs("", directory, args);
  }

  /** Starts a command whose launcher was typed by this name. */
  static Child startAs(String name, Path directory, String... args) {
    return followed(name, directory, java(Main.class, List.of(args)));
  }

  /** Starts a main class of a test's. */
  static Child running(Class<?> main, Path directory, String... args) {
    return followed("", directory, java(main, List.of(args)));
  }

  /** Starts a command that another program, which becomes it, is to run. */
  static Child under(String program, Path directory, String... args) {
    Stream<String> java = java(Main.class, List.of(args));
    return followed("", directory, Stream.concat(Stream.of(program), java));
  }

  /** Starts a command on a terminal of its own, which is a process below this one. */
  static Child onTerminal(Path directory, String... args) {
    String java =
        java(Main.class, List.of(args)).map("'%s'"::formatted).collect(Collectors.joining(" "));
    return followed("", directory, Stream.of("script", "-qec", java, "/dev/null"));
  }

  private static Child followed(String name, Path directory, Stream<String> command) {
    Child child = new Child(name, Redirect.PIPE, directory, command);
    child.follow(child.process.getInputStream(), child.out);
    return child;
  }

  /** Starts a command whose standard output nobody reads for now. */
  static Child unread(Path directory, String... args) {
    return new Child("", Redirect.PIPE, directory, List.of(args));
  }

  /** Starts a command whose standard output is this file. */
  static Child into(File out, Path directory, String... args) {
    return new Child("", Redirect.to(out), directory, List.of(args));
  }

  /** Starts a server on free ports and waits until it serves. */
  static Child serve(Path directory, String... options) {
    Child child = start(directory, Serving.args(options));
    child.awaitServing();
    return child;
  }

  /** Waits until a server serves, or has ended. */
  void awaitServing() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !process.isAlive() || out.stream().anyMatch(l -> l.contains("data ")));
  }

  /** Waits for a line that has this text in it. */
  void awaitLine(String text) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> out.stream().anyMatch(line -> line.contains(text)));
  }

  /** Returns the command's own process, where another one runs it. */
  Optional<ProcessHandle> java() {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .findFirst();
  }

  private void follow(InputStream stream, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException ended) {
                // The process is gone, or the test closed its end.
              }
            });
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }

  Process process() {
    return process;
  }

  int plainPort() {
    return out.stream()
        .map(PLAIN::matcher)
        .filter(Matcher::matches)
        .map(match -> Integer.parseInt(match.group(1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no port: " + out + err));
  }

  List<String> out() {
    return List.copyOf(out);
  }

  List<String> err() {
    return List.copyOf(err);
  }

  /** Sends a signal by its name, as in INT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Waits for the end and returns how long it took. */
  Duration awaitExit() throws InterruptedException {
    long start = System.nanoTime();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running: " + out);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    for (Thread reader : readers) {
      reader.join(5_000);
    }
    return time;
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
