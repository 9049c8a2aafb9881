package io.wwep.it.peers;

import static org.awaitility.Awaitility.await;

import io.wwep.it.peers.WatchedServer.Mode;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that come in numbers, and end in the ways that servers forget. */
@Tag("staged")
@Timeout(300)
class FloodTest extends PeersTest {

  /** What is sent on each port before the end, in turn. */
  private static final List<byte[]> PLAIN =
      List.of(new byte[0], bytes("W"), bytes("WB0A30B1234"), bytes("RB0A30B".repeat(100)));

  private static final List<byte[]> TLS =
      List.of(new byte[0], Hello.start(1), Hello.half(), Hello.whole());

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void shouldAnswerBoardsWhileConnectionsAreMadeAndReset(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int resets = server.of(2_000, 100_000);
    server.withstand(
        "resets",
        mob -> {
          for (int i = 0; i < resets; i++) {
            boolean secure = i % 4 == 0;
            SocketChannel channel = mob.connect(secure ? server.tlsPort() : server.plainPort());
            byte[] sent = (secure ? TLS : PLAIN).get(i / 4 % 4);
            Mob.send(channel, sent);
            Ending.RST.end(channel.socket());
          }
          return resets;
        });
  }

  /** The server is rid of them though not one of the peers ever closes its socket. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldBeRidOfHalfClosedConnections(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int each = server.of(50, 500);
    int before = server.watch().descriptors();
    server.withstand(
        "halfClosed",
        mob -> {
          for (int i = 0; i < each; i++) {
            for (int j = 0; j < PLAIN.size(); j++) {
              halfClose(mob.join(server.plainPort()), PLAIN.get(j));
              halfClose(mob.join(server.tlsPort()), TLS.get(j));
            }
          }
          await("the server's sockets to be closed")
              .atMost(Duration.ofSeconds(20))
              .until(() -> server.watch().descriptors() < before + each / 4);
          return mob.size();
        });
  }

  private static void halfClose(SocketChannel channel, byte[] sent) throws IOException {
    Mob.send(channel, sent);
    channel.shutdownOutput();
  }
}
