package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.it.Scale;
import io.wwep.it.peers.WatchedServer.Mode;
import io.wwep.it.peers.WatchedServer.Waits;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that hold connections and say little or nothing. */
@Tag("staged")
@Timeout(300)
class SilentPeersTest extends PeersTest {

  private static final long BYTE_EVERY_MILLIS = 100;

  /** What boards may wait at most, 99 of 100 times, beside those that say nothing. */
  private static final double P99_MILLIS_MAX = 20;

  /** And where they wait nearly as long or longer by themselves, as on a busy machine. */
  private static final double ALONE_TIMES_MAX = 1.25;

  private static final long ALONE_MILLIS = Scale.of(200, 20_000);

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
    AtomicReference<Waits> alone = new AtomicReference<>();
    Waits beside =
        server.withstand(
            "silent",
            mob -> {
              Thread.sleep(ALONE_MILLIS); // That is the measurement.
              alone.set(server.boardsWaited("silent.alone"));
              for (int i = 0; i < silent; i++) {
                mob.join(server.plainPort());
              }
              for (int i = 0; i < stuck; i++) {
                Mob.send(mob.join(server.tlsPort()), STUCK.get(i % STUCK.size()));
              }
              server.boardsWaited("silent.arrival");
              await("all to be turned out")
                  .atMost(WatchedServer.HANDSHAKE.plus(Duration.ofSeconds(20)))
                  .until(() -> server.watch().descriptors() < descriptors + stuck / 10 + 1);
              return mob.size();
            });
    if (server.isMeasured()) {
      assertWaits("plain", beside.plainMillis(), alone.get().plainMillis());
      assertWaits("TLS", beside.tlsMillis(), alone.get().tlsMillis());
    }
  }

  private static void assertWaits(String port, double besideMillis, double aloneMillis) {
    assertThat(besideMillis)
        .as(
            "99th percentile of what boards wait on the %s port, in ms; alone %.1f",
            port, aloneMillis)
        .isLessThanOrEqualTo(Math.max(P99_MILLIS_MAX, ALONE_TIMES_MAX * aloneMillis));
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
