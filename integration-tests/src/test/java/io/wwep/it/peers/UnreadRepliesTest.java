package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Visit;
import io.wwep.it.peers.WatchedServer.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that ask and ask, and read no answer: TCP has to hold them back, not the server's memory.
 */
@Tag("staged")
@Timeout(300)
class UnreadRepliesTest extends PeersTest {

  /** 64 KiB of replies, the replies to one read of 64 KiB, and what was received beside it. */
  private static final long WAITING_BYTES_MAX = 64 * 1024 + 64 * 1024 / 7 * 11 + 64 * 1024;

  private static final long RSS_MORE_MAX = 64 << 20;

  @ParameterizedTest
  @MethodSource("modes")
  void shouldHoldBackPeersThatReadNoReply(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int peers = server.of(2, 50);
    Visit.plain(Sources.BOARDS, server.plainPort()).pay(Unread.WRITE);
    long rssBefore = server.watch().rssBytes();
    server.withstand(
        "unread",
        mob -> {
          List<Unread> all = new ArrayList<>();
          for (int i = 0; i < peers; i++) {
            all.add(new Unread(mob.join(server.plainPort(), Unread.RECEIVE_BYTES)));
          }
          check(server, all, Unread.sendUntilStandstill(all));
          assertThat(server.watch().peakRssBytes()).isLessThan(rssBefore + RSS_MORE_MAX);
          all.get(0).readAll();
          return mob.size();
        });
  }

  private static void check(WatchedServer server, List<Unread> peers, Queues queues)
      throws Exception {
    long most = 0;
    for (Unread peer : peers) {
      assertThat(peer.heldBack(queues)).as("bytes that are held back").isPositive();
      most = Math.max(most, peer.waitingInServer(queues));
    }
    server.note("unread.waitingBytesMax", most);
    assertThat(most).as("bytes of replies in the server's memory").isBetween(1L, WAITING_BYTES_MAX);
  }
}
