package io.wwep.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TLS server of somebody else on the loopback: {@code openssl s_server} or {@code gnutls-serv}.
 */
final class ToolServer implements AutoCloseable {

  private static final Pattern ACCEPT =
      Pattern.compile("ACCEPT .*:(\\d+)|HTTP Server listening on IPv4 .* port (\\d+).*done");

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();

  private ToolServer(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "tool server");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it on IPv4's loopback; skips the test where there is no OpenSSL. */
  static ToolServer openssl(String... options) throws Exception {
    return opensslOn("127.0.0.1", options);
  }

  /** Starts it on an address. */
  static ToolServer opensslOn(String address, String... options) throws Exception {
    assumeTrue(Tool.of("openssl", "version").run("").exit() == 0, "openssl does not run");
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-accept", address + ":0", "-no_ticket"));
    command.addAll(List.of(options));
    return new ToolServer(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /**
   * Starts GnuTLS's server, which takes no port 0: one that was free a moment ago. Skips the test
   * where there is none.
   */
  static ToolServer gnutls(String... options) throws Exception {
    assumeTrue(Tool.of("gnutls-serv", "--version").run("").exit() == 0, "gnutls-serv does not run");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of("gnutls-serv", "--http", "--port", port + ""));
    command.addAll(List.of(options));
    return new ToolServer(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      reader.lines().forEach(output::add);
    } catch (IOException | RuntimeException closed) {
      // It was ended; what it said is kept.
    }
  }

  /** Returns its port, once it listens. */
  int port() {
    return await("the server listens: " + output)
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> output.stream().map(ACCEPT::matcher).filter(Matcher::matches).findFirst(),
            found -> found.isPresent())
        .map(match -> Integer.parseInt(match.group(match.group(1) == null ? 2 : 1)))
        .orElseThrow();
  }

  /** Waits until it says something in which this is. */
  void awaitLine(String part) {
    await(part)
        .atMost(Duration.ofSeconds(10))
        .until(() -> output, lines -> lines.stream().anyMatch(line -> line.contains(part)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
