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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wwep command as a process of its own, with what it prints. */
public final class WwepProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern PLAIN = Pattern.compile("\\s*plain\\s+port (\\d+) .*");
  private static final Pattern CONSOLE = Pattern.compile("\\s*page\\s+(http\\S+)");
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
  public static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts the command in a directory. */
  public static WwepProcess start(Path directory, String... arguments) {
    return start(Surroundings.NONE, directory, arguments);
  }

  /**
   * What a process runs within.
   *
   * @param prefix a program that starts the command, with its arguments: {@code strace -f}
   * @param environment variables to add
   * @param jvmOptions options of the JVM
   */
  public record Surroundings(
      List<String> prefix, Map<String, String> environment, List<String> jvmOptions) {

    /** Nothing special. */
    public static final Surroundings NONE = new Surroundings(List.of(), Map.of(), List.of());

    /** What the launcher gives a server that serves on, as far as it costs time and memory. */
    public static final Surroundings LAUNCHER =
        NONE.with("MALLOC_ARENA_MAX", "1")
            .jvm(
                "-XX:TieredStopAtLevel=4",
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmn8m",
                "-XX:ReservedCodeCacheSize=64m",
                "-Dio.netty.jfr.enabled=false");

    /** Returns these surroundings with a program that starts the command. */
    public Surroundings under(String... program) {
      return new Surroundings(List.of(program), environment, jvmOptions);
    }

    /** Returns these surroundings with one more variable of the environment. */
    public Surroundings with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new Surroundings(prefix, Map.copyOf(more), jvmOptions);
    }

    /** Returns these surroundings with more options of the JVM. */
    public Surroundings jvm(String... options) {
      List<String> more = new ArrayList<>(jvmOptions);
      more.addAll(List.of(options));
      return new Surroundings(prefix, environment, List.copyOf(more));
    }
  }

  /** Starts the command in a directory and within surroundings. */
  public static WwepProcess start(Surroundings surroundings, Path directory, String... arguments) {
    List<String> command = new ArrayList<>(surroundings.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(surroundings.jvmOptions());
    command.addAll(List.of("-cp", classPath(), "io.wwep.cli.Main"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().putAll(surroundings.environment());
      return new WwepProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Starts a server on free ports, with its data below the directory and no console unless the
   * options ask for one, and waits until it serves.
   */
  public static WwepProcess serve(Path directory, String... options) {
    return serve(Surroundings.NONE, directory, options);
  }

  /** Does so within surroundings. */
  public static WwepProcess serve(Surroundings surroundings, Path directory, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--tls-port", "0"));
    List<String> given = List.of(options);
    if (!given.contains("--http")) {
      arguments.add("--no-http");
    }
    arguments.addAll(given);
    WwepProcess server = start(surroundings, directory, arguments.toArray(String[]::new));
    try {
      await().atMost(START_TIMEOUT).until(() -> !server.process.isAlive() || server.isServing());
    } catch (RuntimeException tooSlow) {
      server.close();
      throw tooSlow;
    }
    if (!server.process.isAlive()) {
      throw new IllegalStateException("the server did not start: " + server.errors());
    }
    return server;
  }

  private boolean isServing() {
    return output.stream().anyMatch(WwepProcess::isData);
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

  public int plainPort() {
    return port(PLAIN);
  }

  public int tlsPort() {
    return port(TLS);
  }

  private int port(Pattern pattern) {
    return Integer.parseInt(printed(pattern));
  }

  /** Returns where its browser console is. */
  public String consoleUrl() {
    return printed(CONSOLE);
  }

  private String printed(Pattern pattern) {
    return output.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  /** Types text into the process. */
  public void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  public List<String> output() {
    return List.copyOf(output);
  }

  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** Waits for a printed line and returns it. */
  public String awaitLine(Predicate<String> wanted) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> output.stream().filter(wanted).findFirst().orElse(null), line -> line != null);
  }

  /** Waits for the end of the process and of its output; returns the exit code. */
  public int awaitExit() throws InterruptedException {
    return awaitExit(Duration.ofSeconds(30));
  }

  /** Does so for as long as given. */
  public int awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running: " + output);
    }
    for (Thread reader : readers) {
      reader.join(5_000);
    }
    return process.exitValue();
  }

  /**
   * Asks the process to end, as service managers do; as Ctrl-C is ignored by what a shell has put
   * into the background. Not by {@code Process.destroy()}, which closes the pipes before the last
   * words have come.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Returns the number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process at once (kill -9). */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
