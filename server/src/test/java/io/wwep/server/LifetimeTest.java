package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the next byte of a connection must be there. */
class LifetimeTest {

  private static final Timeouts TIMEOUTS = new Timeouts(50, 250, 300_000, 10_000, 30_000, 30_000);

  private final MockTicker ticker = Ticker.newMockTicker();
  private final Lifetime lifetime = new Lifetime(TIMEOUTS, ticker);

  private void pass(long millis) {
    ticker.advance(millis, TimeUnit.MILLISECONDS);
  }

  private long millisLeft(boolean inFrame) {
    return TimeUnit.NANOSECONDS.toMillis(lifetime.dueNanos(inFrame, false) - ticker.nanoTime());
  }

  @Test
  void shouldAddTheTimeThatThePeerWasHeldBack() {
    lifetime.opened(ticker.nanoTime());
    pass(10);
    lifetime.bytesCame(ticker.nanoTime());
    pass(20);
    lifetime.heldBack(true, ticker.nanoTime());
    pass(5_000);
    lifetime.heldBack(false, ticker.nanoTime());
    assertThat(millisLeft(true)).isEqualTo(30);
  }

  /** What came while nothing more was read has not waited longer than since then. */
  @Test
  void shouldAddNoMoreThanThereWasSinceTheLastByte() {
    lifetime.opened(ticker.nanoTime());
    lifetime.heldBack(true, ticker.nanoTime());
    pass(5_000);
    lifetime.bytesCame(ticker.nanoTime());
    pass(20);
    lifetime.heldBack(false, ticker.nanoTime());
    assertThat(millisLeft(true)).isEqualTo(50);
  }

  /** The second write of a connection comes in time, and its commit takes longer than is left. */
  @Test
  @Timeout(20)
  void shouldNotEndAConnectionWhoseDeadlineMovedOnDuringACommit() throws Exception {
    HeldStore store = new HeldStore();
    ServerConfig config =
        ServerConfig.onFreePorts()
            .withTimeouts(new Timeouts(30_000, 1_000, 300_000, 30_000, 30_000, 30_000));
    try (RunningServer running = RunningServer.start(config, store);
        Wire board = running.plain()) {
      board.send("W0FAC0B0001");
      store.commitOne();
      assertThat(board.receive(11)).isEqualTo("A0FAC0B0001");
      board.send("W0FAC0B0002");
      Thread.sleep(2_000); // That is how long the commit takes.
      store.commitOne();
      assertThat(board.receive(11)).isEqualTo("A0FAC0B0002");
      board.send("W0FAC0B0003");
      store.commitOne();
      assertThat(board.receive(11)).isEqualTo("A0FAC0B0003");
    }
  }
}
