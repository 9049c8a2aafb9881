package io.wwep.it.clients;

import static org.awaitility.Awaitility.await;

import io.wwep.testkit.SmallServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A small server of exercise 04, 05 or 07, in Java or in C, on free ports of the loopback. */
interface SmallTarget extends AutoCloseable {

  int NOT_SERVED = 0;

  /** Returns the plain port, or {@link #NOT_SERVED}. */
  int plainPort();

  /** Returns the TLS port, or {@link #NOT_SERVED}. */
  int tlsPort();

  @Override
  void close();

  /**
   * Starts one.
   *
   * @param exercise 04, 05 or 07
   * @param language {@code C} or {@code Java}
   */
  static SmallTarget start(String language, String exercise, ServerWithCertificate certificate)
      throws Exception {
    return language.equals("C")
        ? InC.start(exercise, certificate)
        : new InJava(
            switch (exercise) {
              case "04" -> SmallServer.plain();
              case "05" -> SmallServer.tls(certificate.context());
              default -> SmallServer.both(certificate.context());
            },
            exercise);
  }

  /** In this process. */
  record InJava(SmallServer server, String exercise) implements SmallTarget {

    @Override
    public int plainPort() {
      return exercise.equals("05") ? NOT_SERVED : server.plainPort();
    }

    @Override
    public int tlsPort() {
      return exercise.equals("04") ? NOT_SERVED : server.tlsPort();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** A process, which ends when its standard input does. */
  final class InC implements SmallTarget {

    private static final Pattern PORT = Pattern.compile("(plain|TLS) +port (\\d+) on .*");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private InC(Process process) {
      this.process = process;
      Thread reader = new Thread(this::follow, "small server in C");
      reader.setDaemon(true);
      reader.start();
    }

    static InC start(String exercise, ServerWithCertificate certificate) throws Exception {
      List<String> options =
          switch (exercise) {
            case "04" -> List.of("--port", "0");
            case "05" -> secure(certificate, "--tls-port", "0");
            default -> secure(certificate, "--port", "0", "--tls-port", "0");
          };
      int ports = exercise.equals("07") ? 2 : 1;
      return start(CPrograms.server("exercise" + exercise), ports, options);
    }

    private static List<String> secure(ServerWithCertificate certificate, String... options) {
      String[] all = new String[options.length + 4];
      System.arraycopy(options, 0, all, 4, options.length);
      all[0] = "--cert";
      all[1] = certificate.file().toString();
      all[2] = "--key";
      all[3] = certificate.key().toString();
      return List.of(all);
    }

    private static InC start(Path program, int ports, List<String> options) throws IOException {
      ProcessBuilder builder = new ProcessBuilder(program.toString(), "--host", "127.0.0.1");
      builder.command().addAll(options);
      InC server = new InC(builder.redirectErrorStream(true).start());
      await("it serves: " + server.output)
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> server.output.stream().filter(it -> PORT.matcher(it).matches()).count(),
              count -> count == ports);
      return server;
    }

    private void follow() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
        lines.lines().forEach(output::add);
      } catch (IOException | UncheckedIOException ended) {
        // The process is gone.
      }
    }

    private int port(String door) {
      return output.stream()
          .map(PORT::matcher)
          .filter(line -> line.matches() && line.group(1).equals(door))
          .map(line -> Integer.parseInt(line.group(2)))
          .findFirst()
          .orElse(NOT_SERVED);
    }

    @Override
    public int plainPort() {
      return port("plain");
    }

    @Override
    public int tlsPort() {
      return port("TLS");
    }

    /** Returns what it has printed; complete once it has ended. */
    List<String> output() {
      return List.copyOf(output);
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
      process.getOutputStream().close();
    }

    /** Asks it to end, as Ctrl-C and service managers do. */
    void terminate() {
      process.destroy();
    }

    /** Waits for its end, and returns the exit code. */
    int awaitExit() throws InterruptedException {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + output);
      }
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
