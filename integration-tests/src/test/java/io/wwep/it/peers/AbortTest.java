package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.it.peers.WatchedServer.Mode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that break off in every state of a connection, and in every way. */
@Tag("staged")
@Timeout(300)
class AbortTest extends PeersTest {

  private static final String WRITE = "WB0A50B1234";
  private static final int REPLY_BYTES = 11;

  /** Each time before a byte, inside the frame, and behind it while its reply is due. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldForgetPeersThatBreakOffInAFrame(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int rounds = server.of(5, 100);
    server.withstand("aborts", mob -> breakOffInFrames(server, mob, rounds));
  }

  private static int breakOffInFrames(WatchedServer server, Mob mob, int rounds) throws Exception {
    int descriptors = server.watch().descriptors();
    int connections = 0;
    for (int i = 0; i < rounds; i++) {
      for (Ending ending : Ending.values()) {
        for (int length = 0; length <= WRITE.length(); length++) {
          Socket socket = mob.joinBlocking(server.plainPort());
          socket.getOutputStream().write(bytes(WRITE.substring(0, length)));
          ending.end(socket);
          connections++;
        }
      }
    }
    awaitRid(server, descriptors);
    return connections;
  }

  /** While they are held, and in one case while a commit is under way. */
  @Test
  void shouldForgetPeersThatBreakOffDuringACommit() throws Exception {
    WatchedServer server = server(Mode.SLOW_DISK);
    server.withstand("aborts", mob -> breakOffInFrames(server, mob, 2));
  }

  /** In each message of the handshake, in the request, behind it, in close_notify and behind it. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldForgetPeersThatBreakOffInTls(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int rounds = server.of(1, 10);
    server.withstand(
        "tlsAborts",
        mob -> {
          int descriptors = server.watch().descriptors();
          int connections = 0;
          for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            connections += breakOffInTls(server, mob, version, rounds);
          }
          awaitRid(server, descriptors);
          return connections;
        });
  }

  private static int breakOffInTls(WatchedServer server, Mob mob, String version, int rounds)
      throws IOException {
    Set<Integer> cuts = cuts(server, mob, version);
    for (int i = 0; i < rounds; i++) {
      for (Ending ending : Ending.values()) {
        for (int cut : cuts) {
          Socket socket = mob.joinBlocking(server.tlsPort());
          new TlsTalk(socket, version, cut).hold(WRITE, REPLY_BYTES);
          ending.end(socket);
        }
      }
    }
    return rounds * Ending.values().length * cuts.size();
  }

  /** Holds a whole conversation, and returns where to cut others like it. */
  private static Set<Integer> cuts(WatchedServer server, Mob mob, String version)
      throws IOException {
    List<Integer> starts;
    try (Socket socket = mob.joinBlocking(server.tlsPort())) {
      starts = new TlsTalk(socket, version, Integer.MAX_VALUE).hold(WRITE, REPLY_BYTES);
    }
    assertThat(starts).as("records of a conversation").hasSizeGreaterThan(4);
    Set<Integer> cuts = new TreeSet<>();
    for (int i = 0; i + 1 < starts.size(); i++) {
      int start = starts.get(i);
      int end = starts.get(i + 1);
      cuts.addAll(List.of(start, start + 1, start + Hello.RECORD_HEADER_BYTES));
      cuts.addAll(List.of((start + end) / 2, end - 1, end));
    }
    return cuts;
  }

  /** Replies wait for them in the server, which they will never take. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldForgetPeersThatBreakOffBeforeTheirReplies(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    int peers = server.of(2, 50);
    server.withstand(
        "unreadAborts",
        mob -> {
          int descriptors = server.watch().descriptors();
          List<Unread> all = new ArrayList<>();
          for (int i = 0; i < peers; i++) {
            all.add(new Unread(mob.join(server.plainPort(), Unread.RECEIVE_BYTES)));
          }
          Unread.sendUntilStandstill(all);
          for (int i = 0; i < peers; i++) {
            all.get(i).end(i % 2 == 0 ? Ending.RST : Ending.FIN);
          }
          awaitRid(server, descriptors);
          return peers;
        });
  }

  /** The silent ones are turned out by their deadlines, the last ones in a handshake. */
  private static void awaitRid(WatchedServer server, int descriptors) {
    await("the server to be rid of them")
        .atMost(WatchedServer.HANDSHAKE.plus(Duration.ofSeconds(30)))
        .until(() -> server.watch().descriptors() <= descriptors + 10);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
