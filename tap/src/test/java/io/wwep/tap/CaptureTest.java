package io.wwep.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.server.Timeouts;
import io.wwep.tap.change.Fault;
import io.wwep.tap.change.FaultKind;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captures, read by tshark with every check that it has. */
@Timeout(120)
class CaptureTest {

  private static final String TROUBLE =
      "_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0 || tcp.analysis.flags || tcp.checksum.status == 2";

  private static TestServer server;
  @TempDir private Path directory;
  private final Seen seen = new Seen();

  @BeforeAll
  static void start() {
    // What the test looks at between two pieces takes longer on a busy machine than a board does.
    server =
        TestServer.start(
            config ->
                config.withTimeouts(new Timeouts(5_000, 2_000, 60_000, 10_000, 30_000, 30_000)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Path file() {
    return directory.resolve("seen.pcapng");
  }

  @Test
  void shouldBeForItsOwnerAlone() throws Exception {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "there are no permissions here");
    Tap.start(saving(Setup.to(server.plainPort())), seen).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private TapConfig saving(TapConfig config) {
    return config.withCapture(file(), TapConfig.SAVE_BYTES_MAX);
  }

  /** Runs tshark on the capture, and returns its lines. */
  private List<String> tshark(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file().toString()));
    command.addAll(List.of("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
    command.addAll(List.of(options));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException missing) {
      assumeTrue(false, "tshark is not installed");
      throw missing;
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return out.lines().toList();
  }

  private List<String> fields(String filter, String... fields) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
    for (String each : fields) {
      options.addAll(List.of("-e", each));
    }
    return tshark(options.toArray(String[]::new));
  }

  private void assertNoTrouble() throws Exception {
    assertThat(tshark("-Y", TROUBLE)).isEmpty();
  }

  private static String hex(String ascii) {
    StringBuilder hex = new StringBuilder();
    for (byte each : ascii.getBytes(StandardCharsets.US_ASCII)) {
      hex.append("%02x".formatted(each));
    }
    return hex.toString();
  }

  @Test
  void shouldWriteWhatPassedSegmentBySegment() throws Exception {
    try (Tap tap = Tap.start(saving(Setup.to(server.plainPort())), seen);
        Peer board = Peer.to(tap)) {
      board.send("W0FAC");
      seen.awaitEvent(TapEvent.Segment.class, each -> each.shown().equals("W0FAC"));
      board.send("0B1234").end();
      assertThat(board.readAll()).isEqualTo("A0FAC0B1234");
      seen.awaitClosed(1);
      assertThat(tap.summary().packets()).isEqualTo(13);
    }
    assertNoTrouble();
    assertThat(fields("tcp.len > 0", "tcp.payload"))
        .containsExactly(hex("W0FAC"), hex("0B1234"), hex("A0FAC0B1234"));
    assertThat(fields("tcp.flags.syn == 1 && tcp.flags.ack == 0", "tcp.dstport"))
        .containsExactly(String.valueOf(server.plainPort()));
    assertThat(fields("tcp.flags.fin == 1", "tcp.flags.fin")).hasSize(2);
    assertThat(tshark("-q", "-z", "follow,tcp,ascii,0").toString())
        .contains("W0FAC", "A0FAC0B1234");
  }

  @Test
  void shouldWriteDecryptedTlsAsThePlainProtocol() throws Exception {
    try (Tap tap = Tap.start(saving(Setup.tls(server)), seen);
        WwepClient client =
            WwepClient.builder(Setup.HOST)
                .port(tap.address().getPort())
                .tls(Trust.insecure())
                .handshakeTimeout(Duration.ofSeconds(30))
                .build()) {
      client.write(0x0FAC, 0x0B, 0x1234);
    }
    assertNoTrouble();
    assertThat(fields("tcp.len > 0", "tcp.payload", "tcp.dstport"))
        .first()
        .isEqualTo(hex("W0FAC0B1234") + "\t27708");
  }

  @Test
  void shouldWriteBothSidesAndNameWhatWasDone() throws Exception {
    TapConfig config =
        saving(Setup.to(server.plainPort()))
            .withRewrites(Setup.rules("W....05=.... -> 0077"), false)
            .withFaults(List.of(Fault.forAll(FaultKind.DROP_REPLY)));
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC050001").readAll()).isEmpty();
      board.end();
      seen.awaitClosed(1);
    }
    assertNoTrouble();
    assertThat(fields("tcp.len > 0", "frame.interface_name", "tcp.payload"))
        .containsExactly(
            "board\t" + hex("W0FAC050001"),
            "server\t" + hex("W0FAC050077"),
            "server\t" + hex("A0FAC050077"));
    assertThat(fields("frame.comment", "frame.interface_name", "frame.comment"))
        .contains("server\tby the tap: W....05=.... -> 0077")
        .contains("server\tby the tap: drop-reply")
        .contains("board\tby the tap: drop-reply");
  }

  @Test
  void shouldWriteAReset() throws Exception {
    try (MisbehavingServer resetting = MisbehavingServer.start(new Misbehavior.Resets());
        Tap tap = Tap.start(saving(Setup.to(resetting.port())), seen);
        Peer board = Peer.to(tap)) {
      board.send("R0FAC0B");
      assertThatThrownBy(() -> board.read(1)).isInstanceOf(SocketException.class);
      seen.awaitClosed(1);
    }
    assertNoTrouble();
    assertThat(fields("tcp.flags.reset == 1", "tcp.flags.reset")).hasSize(1);
  }

  @Test
  void shouldWriteIpv6() throws Exception {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress loopback = InetAddress.getByAddress(one);
    assumeTrue(loopback instanceof Inet6Address && isUsable(loopback), "no IPv6 here");
    TapConfig config = TapConfig.of(new InetSocketAddress(loopback, 0), "::1", server.plainPort());
    try (Tap tap = Tap.start(saving(config), seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC0B1234").read(11)).isEqualTo("A0FAC0B1234");
    }
    assertNoTrouble();
    assertThat(fields("ipv6 && tcp.len > 0", "tcp.payload")).first().isEqualTo(hex("W0FAC0B1234"));
  }

  private static boolean isUsable(InetAddress address) {
    try (var socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }

  /** Who kills the tap has all that was told until then. */
  @Test
  void shouldHaveEachPacketInTheFileAtOnce() throws Exception {
    try (Tap tap = Tap.start(saving(Setup.to(server.plainPort())), seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC0B1234").read(11)).isEqualTo("A0FAC0B1234");
      assertThat(fields("tcp.len > 0", "tcp.payload"))
          .containsExactly(hex("W0FAC0B1234"), hex("A0FAC0B1234"));
    }
  }

  @Test
  void shouldStopAtItsBoundAndSaySo() throws Exception {
    long bound = 20_000;
    TapConfig config = Setup.to(server.plainPort()).withCapture(file(), bound);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      for (int i = 0; i < 300; i++) {
        assertThat(board.send("W0FAC0B1234").read(11)).isEqualTo("A0FAC0B1234");
      }
      TapEvent.Notice notice =
          seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("capture"));
      assertThat(notice.sentence()).contains("bound of 20,000 bytes", "--save-max");
    }
    assertThat(seen.all(TapEvent.Notice.class)).hasSize(1);
    assertThat(Files.size(file())).isBetween(bound - 200, bound);
    assertNoTrouble();
  }

  @Test
  void shouldNotReplaceAFile() throws Exception {
    Files.writeString(file(), "mine");
    assertThatThrownBy(() -> Tap.start(saving(Setup.to(server.plainPort())), seen))
        .isInstanceOf(TapException.class)
        .hasMessageContaining("is there already: name another file");
    assertThat(file()).hasContent("mine");
  }

  @Test
  void shouldSayWhereItCannotWrite() {
    TapConfig config =
        Setup.to(server.plainPort())
            .withCapture(directory.resolve("none").resolve("a.pcapng"), TapConfig.SAVE_BYTES_MAX);
    assertThatThrownBy(() -> Tap.start(config, seen))
        .isInstanceOf(TapException.class)
        .hasMessageContaining("cannot be made");
  }
}
