package io.wwep.cli;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wwep serve} within this process, on free ports, with what it prints. */
final class Serving implements AutoCloseable {

  private static final Pattern PLAIN =
      Pattern.compile("plain *\\S*\\s+port (\\d+)|\"plainPort\":(\\d+)");
  private static final Pattern TLS = Pattern.compile("TLS *\\S*\\s+port (\\d+)|\"tlsPort\":(\\d+)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread thread;

  private Serving(boolean terminal, boolean color, boolean unicode, String... args) {
    Console console =
        new Console(
            InputStream.nullInputStream(), print(out), print(err), terminal, color, unicode);
    thread = new Thread(() -> exitCode.complete(Cli.run(console, args)), "serving");
    thread.setDaemon(true);
    thread.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> exitCode.isDone() || text().contains("engine") || text().contains("data "));
  }

  private static Output print(ByteArrayOutputStream bytes) {
    return new Output(bytes, StandardCharsets.UTF_8, () -> false);
  }

  /** Starts a server whose output goes to a file or a pipe. */
  static Serving start(String... options) {
    return new Serving(false, false, true, args(options));
  }

  /** Starts a server on a terminal. */
  static Serving onTerminal(boolean color, String... options) {
    return new Serving(true, color, true, args(options));
  }

  /** Returns a server's arguments: free ports, and no console unless the options ask for one. */
  static String[] args(String... options) {
    List<String> args = new ArrayList<>(List.of("serve", "--port", "0", "--tls-port", "0"));
    List<String> given = List.of(options);
    if (!given.contains("--http")) {
      args.add("--no-http");
    }
    args.addAll(given);
    return args.toArray(String[]::new);
  }

  int plainPort() {
    return port(PLAIN);
  }

  int tlsPort() {
    return port(TLS);
  }

  private int port(Pattern pattern) {
    Matcher match = pattern.matcher(text());
    if (!match.find()) {
      throw new IllegalStateException("no port in: " + text() + errors());
    }
    return Integer.parseInt(match.group(1) == null ? match.group(2) : match.group(1));
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  List<String> lines() {
    return text().lines().toList();
  }

  String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Waits for a printed line and returns it. */
  String awaitLine(Predicate<String> wanted) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> lines().stream().filter(wanted).findFirst().orElse(null), line -> line != null);
  }

  /** Sends text to the plain port and returns everything up to the server's close. */
  String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plainPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Stops the server as a signal does and returns the exit code. */
  int stop() {
    thread.interrupt();
    return exitCode.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    stop();
  }
}
