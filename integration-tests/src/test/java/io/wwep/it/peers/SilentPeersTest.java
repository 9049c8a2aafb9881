package io.wwep.it.peers;

import static org.awaitility.Awaitility.await;

import io.wwep.it.peers.WatchedServer.Mode;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that hold connections and say little or nothing. */
@Tag("staged")
@Timeout(300)
class SilentPeersTest extends PeersTest {

  private static final long BYTE_EVERY_MILLIS = 100;

  /** How a TLS handshake gets stuck. */
  private static final List<byte[]> STUCK =
      List.of(
          new byte[0],
          Hello.start(1),
          Hello.start(Hello.RECORD_HEADER_BYTES),
          Hello.half(),
          Hello.whole());

  /** All are there for as long as the server lets them, and boards come through their end too. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldAnswerBoardsWhileThousandsSayNothing(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int silent = server.of(500, 5_000);
    int stuck = server.of(100, 1_000);
    int descriptors = server.watch().descriptors();
    server.withstand(
        "silent",
        mob -> {
          for (int i = 0; i < silent; i++) {
            mob.join(server.plainPort());
          }
          for (int i = 0; i < stuck; i++) {
            Mob.send(mob.join(server.tlsPort()), STUCK.get(i % STUCK.size()));
          }
          await("all to be turned out")
              .atMost(WatchedServer.HANDSHAKE.plus(Duration.ofSeconds(20)))
              .until(() -> server.watch().descriptors() < descriptors + stuck / 10 + 1);
          return mob.size();
        });
  }

  /** Legal frames, each byte within the frame timeout. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldAnswerPeersThatSendAByteNowAndThen(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int peers = server.of(50, 1_000);
    int frames = server.of(3, 15);
    server.withstand(
        "slow",
        mob -> {
          Drip drip = new Drip(BYTE_EVERY_MILLIS);
          for (int i = 0; i < peers; i++) {
            SocketChannel channel = mob.join(server.plainPort());
            drip.add(channel, i);
          }
          drip.run(frames);
          return mob.size();
        });
  }
}
