package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.wwep.board.Board;
import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the table of buffers says, held against what Netty itself says of lost ones. */
@Timeout(120)
class PacketBuffersTest {

  private final AtomicInteger lost = new AtomicInteger();
  private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

  @BeforeEach
  void look() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> lost.incrementAndGet());
  }

  @AfterEach
  void lookAway() {
    ByteBufUtil.setLeakListener(null);
    ResourceLeakDetector.setLevel(before);
  }

  /** Netty looks for lost buffers when it makes one. */
  private int lostByNow() {
    System.gc();
    new PacketBuffers(new Journal()).transmit().release();
    return lost.get();
  }

  @SuppressWarnings("UnusedVariable")
  private static void lose() {
    ByteBuf forgotten = new PacketBuffers(new Journal()).transmit();
  }

  /** The test could find a lost buffer. */
  @Test
  void shouldBeFoundWhenItIsLost() {
    lose();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lostByNow() > 0);
  }

  @Test
  void shouldLoseNoneWhateverTheServerDoes() {
    for (Misbehavior each :
        List.of(
            new Misbehavior.Behaves(),
            new Misbehavior.Resets(),
            new Misbehavior.ClosesBeforeReply(false),
            new Misbehavior.TurnsAway(),
            new Misbehavior.AnswersHttp(),
            new Misbehavior.NeverAnswers())) {
      Recorder recorder = new Recorder();
      try (MisbehavingServer server = MisbehavingServer.start(each)) {
        press(server.port(), server.port(), Trust.insecure(), recorder, 0, 1);
      }
      assertThat(recorder.last().use().held()).as("%s", each).isZero();
    }
    try (TestServer server = TestServer.start()) {
      Trust right = Trust.caFile(server.caFile());
      press(server.plainPort(), server.tlsPort(), right, new Recorder(), 0, 1, 1);
      press(server.plainPort(), server.tlsPort(), Trust.system(), new Recorder(), 1, 1);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(lostByNow()).isZero();
    }
  }

  private static void press(int plain, int tls, Trust trust, Recorder recorder, int... buttons) {
    try (SlowMotion motion = new SlowMotion(Duration.ZERO, recorder);
        Board board =
            Board.builder("127.0.0.1")
                .plainPort(plain)
                .tlsPort(tls)
                .trust(trust)
                .handshakeTimeout(Duration.ofMillis(500))
                .replyTimeout(Duration.ofMillis(300))
                .carrier(motion)
                .build()) {
      for (int button : buttons) {
        board.press(button);
      }
    }
  }
}
