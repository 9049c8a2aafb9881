package io.wwep.it.wireshark;

import static org.awaitility.Awaitility.await;

import io.wwep.it.Tool;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real capture of the loopback.
 *
 * <p>Nobody tells when a packet is in the file. So marks are sent until one is: before the traffic,
 * and behind it.
 */
final class Dumpcap implements Capture {

  private static final String LOOPBACK = "lo";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Path file;
  private final Process process;
  private final DatagramSocket marks;

  private Dumpcap(Path file, Process process, DatagramSocket marks) {
    this.file = file;
    this.process = process;
    this.marks = marks;
  }

  /** Whether this user may capture; skips the test where there is no dumpcap. */
  static boolean mayCapture() throws Exception {
    Tool.of("dumpcap");
    Tool.Result linkTypes = Tool.of("dumpcap", "-i", LOOPBACK, "-L").run("");
    return linkTypes.exit() == 0 && !linkTypes.err().contains("permission");
  }

  static Dumpcap begin(Path directory, int... servers) throws Exception {
    Path file = Files.createTempFile(directory, "real", ".pcapng");
    DatagramSocket marks = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    String filter =
        IntStream.of(servers)
                .mapToObj(each -> "tcp port " + each)
                .collect(Collectors.joining(" or "))
            + " or udp port "
            + marks.getLocalPort();
    Process process =
        new ProcessBuilder("dumpcap", "-q", "-i", LOOPBACK, "-f", filter, "-w", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("dumpcap.log").toFile())
            .start();
    Dumpcap capture = new Dumpcap(file, process, marks);
    capture.awaitMark();
    return capture;
  }

  private void awaitMark() {
    byte[] mark = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              marks.send(new DatagramPacket(mark, mark.length, marks.getLocalSocketAddress()));
              return contains(mark);
            });
  }

  private boolean contains(byte[] mark) throws IOException {
    String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return all.contains(new String(mark, StandardCharsets.ISO_8859_1));
  }

  @Override
  public int port(int server) {
    return server;
  }

  @Override
  public Path end() throws Exception {
    awaitMark();
    process.destroy();
    process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    return file;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    marks.close();
  }
}
