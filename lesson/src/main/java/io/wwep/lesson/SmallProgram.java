package io.wwep.lesson;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in C as a process of its own, on free ports of the loopback address. It ends with its
 * input, and so with this process, whatever becomes of that.
 */
final class SmallProgram implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("(plain|TLS) +port (\\d+) on .*");
  private static final int START_SECONDS_MAX = 20;
  private static final int END_SECONDS_MAX = 5;

  private final Process process;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final CountDownLatch open;

  private SmallProgram(Process process, int doors) {
    this.process = process;
    open = new CountDownLatch(doors);
  }

  /**
   * Starts one; when this returns its ports are open.
   *
   * @param doors how many ports it has
   * @throws IOException when they do not open in time; the message is a sentence
   */
  static SmallProgram start(Path program, int doors, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--host", "127.0.0.1"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    SmallProgram server = new SmallProgram(process, doors);
    Thread reader = new Thread(server::read, "lesson-server");
    reader.setDaemon(true);
    reader.start();
    server.awaitOpen();
    return server;
  }

  private void awaitOpen() throws IOException {
    try {
      if (!open.await(START_SECONDS_MAX, TimeUnit.SECONDS) || ports.isEmpty()) {
        close();
        throw new IOException("it opened no port within %d s".formatted(START_SECONDS_MAX));
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

  /** Returns the port of the plain protocol. */
  int plainPort() {
    return ports.get("plain");
  }

  /** Returns the port of the protocol over TLS. */
  int tlsPort() {
    return ports.get("TLS");
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
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
