package io.wwep.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TLS server of other people's making, as a process, on a free port. */
final class ForeignServer implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

  /** What openssl says, and what the script of {@link #PYTHON} does. */
  private static final Pattern ACCEPT = Pattern.compile("ACCEPT .*:(\\d+)");

  /** Lets in who shows a certificate of an authority, and says back each line. */
  private static final String PYTHON =
      """
      import socket, ssl, sys
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[1], sys.argv[2])
      context.load_verify_locations(sys.argv[3])
      context.verify_mode = ssl.CERT_REQUIRED
      listener = socket.create_server(("127.0.0.1", 0))
      print("ACCEPT 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
      while True:
          tcp, _ = listener.accept()
          try:
              with context.wrap_socket(tcp, server_side=True) as tls:
                  tls.sendall(tls.recv(100))
          except OSError as e:
              print(e, flush=True)
              tcp.close()
      """;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final int port;

  private ForeignServer(List<String> command, int portOrZero) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::follow);
    reader.setDaemon(true);
    reader.start();
    try {
      await().atMost(START_TIMEOUT).until(() -> !process.isAlive() || isListening(portOrZero));
      port = portOrZero == 0 ? printedPort() : portOrZero;
    } catch (RuntimeException e) {
      close();
      throw new AssertionError("%s did not start: %s".formatted(command, output), e);
    }
  }

  /** Starts one that prints its port. */
  static ForeignServer printingItsPort(String... command) throws IOException {
    assumeInstalled(command[0]);
    return new ForeignServer(List.of(command), 0);
  }

  /**
   * Starts one that has to be told its port.
   *
   * @param command with {@code PORT} where the port belongs
   */
  static ForeignServer on(String... command) throws IOException {
    assumeInstalled(command[0]);
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String port = Integer.toString(free);
    return new ForeignServer(
        List.of(command).stream().map(word -> word.equals("PORT") ? port : word).toList(), free);
  }

  /** Starts Python's ssl. */
  static ForeignServer python(String certificate, String key, String authority) throws IOException {
    return printingItsPort("python3", "-c", PYTHON, certificate, key, authority);
  }

  private static void assumeInstalled(String program) {
    assumeTrue(Tool.isInstalled(program), program + " is not installed");
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

  private boolean isListening(int onPort) {
    if (onPort == 0) {
      return output.stream().anyMatch(line -> ACCEPT.matcher(line).find());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int printedPort() {
    return output.stream()
        .map(ACCEPT::matcher)
        .filter(Matcher::find)
        .map(match -> Integer.parseInt(match.group(1)))
        .findFirst()
        .orElseThrow();
  }

  int port() {
    return port;
  }

  /** What it has printed. */
  List<String> output() {
    return List.copyOf(output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
