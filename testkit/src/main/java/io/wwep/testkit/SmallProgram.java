package io.wwep.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lecture's server as {@code clients/c} has it, a program in C that is built already, as a
 * process of its own on free ports of the loopback address: {@link #plain} is exercise 04, {@link
 * #tls} exercise 05, {@link #both} exercise 07. It ends with its input, and so with this process,
 * whatever becomes of that.
 *
 * <p>Thread-safe. A daemon thread reads what it prints.
 */
public final class SmallProgram implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("(plain|TLS) +port (\\d+) on .*");
  private static final int START_SECONDS_MAX = 20;
  private static final int END_SECONDS_MAX = 5;

  /** A sanitizer that finds something says so in fewer. */
  private static final int OUTPUT_KEPT_MAX = 1_000;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final CountDownLatch open;
  private final Thread reader = new Thread(this::read, "small-program");

  private SmallProgram(Process process, int doors) {
    this.process = process;
    open = new CountDownLatch(doors);
  }

  /**
   * Starts exercise 04: the non-secure protocol. When this returns its port is open.
   *
   * @param program the file to run
   * @throws IOException when it does not start in time; the message is a sentence
   */
  public static SmallProgram plain(Path program) throws IOException {
    return start(program, 1, "--port", "0");
  }

  /**
   * As {@link #plain}, for exercise 05: the secure protocol.
   *
   * @param certificate a PEM file with the server's certificate
   * @param key a PEM file with its key
   */
  public static SmallProgram tls(Path program, Path certificate, Path key) throws IOException {
    return start(program, 1, "--tls-port", "0", "--cert", text(certificate), "--key", text(key));
  }

  /** As {@link #tls}, for exercise 07: both, with the same registers behind them. */
  public static SmallProgram both(Path program, Path certificate, Path key) throws IOException {
    return start(
        program,
        2,
        "--port",
        "0",
        "--tls-port",
        "0",
        "--cert",
        text(certificate),
        "--key",
        text(key));
  }

  private static String text(Path file) {
    return file.toString();
  }

  private static SmallProgram start(Path program, int doors, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(text(program), "--host", "127.0.0.1"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    SmallProgram server = new SmallProgram(process, doors);
    server.reader.setDaemon(true);
    server.reader.start();
    server.awaitOpen(doors);
    return server;
  }

  private void awaitOpen(int doors) throws IOException {
    try {
      if (!open.await(START_SECONDS_MAX, TimeUnit.SECONDS) || ports.size() < doors) {
        close();
        throw new IOException(
            "it has ended, or did not open its ports within %d s; what it said first: %s"
                .formatted(
                    START_SECONDS_MAX, output.isEmpty() ? "nothing" : "'" + output.get(0) + "'"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("it was interrupted", e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (output.size() < OUTPUT_KEPT_MAX) {
          output.add(line);
        }
        Matcher port = PORT.matcher(line);
        if (port.matches()) {
          ports.put(port.group(1), Integer.parseInt(port.group(2)));
          open.countDown();
        }
      }
    } catch (IOException ended) {
      // What it said until then is all there is.
    } finally {
      while (open.getCount() > 0) {
        open.countDown();
      }
    }
  }

  /**
   * Returns the port of the non-secure protocol.
   *
   * @throws IllegalStateException when this server does not serve it
   */
  public int plainPort() {
    return port("plain");
  }

  /**
   * Returns the port of the secure protocol.
   *
   * @throws IllegalStateException when this server does not serve it
   */
  public int tlsPort() {
    return port("TLS");
  }

  private int port(String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalStateException("this small server has no %s port".formatted(name));
    }
    return port;
  }

  /** Returns the first 1,000 lines that it has printed; complete behind {@link #awaitExit}. */
  public List<String> output() {
    return List.copyOf(output);
  }

  /** Ends its standard input, and so the program. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Asks it to end, as Ctrl-C and service managers do. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Waits for its end and that of its output, and returns the exit code.
   *
   * @throws IllegalStateException when it runs on for 20 s, or its output for 5 s more
   */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running: " + output);
    }
    reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS_MAX));
    if (reader.isAlive()) {
      throw new IllegalStateException("it has ended, and its output has not: " + output);
    }
    return process.exitValue();
  }

  /** Ends it: in order within 5 s, and by force otherwise. */
  @Override
  public void close() {
    try {
      endInput();
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
