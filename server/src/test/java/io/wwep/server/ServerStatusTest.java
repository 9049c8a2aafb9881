package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.MemoryStore;
import io.wwep.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerStatusTest {

  private static final ServerConfig CONFIG =
      ServerConfig.onFreePorts().withPorts(0, ServerConfig.NOT_SERVED);

  @Test
  void shouldBeHealthyWhileAllGoesOn() throws Exception {
    Instant before = Instant.now();
    try (RunningServer running = RunningServer.start(CONFIG.withConnectionsMax(5));
        Wire client = running.plain()) {
      assertThat(client.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      ServerStatus status = running.server.status();

      assertThat(status.isHealthy()).isTrue();
      assertThat(status.stuck()).isEmpty();
      assertThat(status.since()).isBetween(before, Instant.now());
      assertThat(status.plainPort()).isEqualTo(running.server.plainPort());
      assertThat(status.tlsPort()).isEqualTo(ServerConfig.NOT_SERVED);
      assertThat(status.counters().openConnections()).isEqualTo(1);
      assertThat(status.connectionsMax()).isEqualTo(5);
      assertThat(running.server.config()).isEqualTo(CONFIG.withConnectionsMax(5));
    }
  }

  @Test
  void shouldNotBeAliveWhileALoopIsStuck() throws Exception {
    HoldingStore store = new HoldingStore();
    try (RunningServer running = RunningServer.start(CONFIG, store);
        Wire client = running.plain()) {
      client.send("R0FAC0B");
      store.held.await();
      ServerStatus stuck = running.server.status();
      store.release.countDown();

      assertThat(stuck.isAlive()).isFalse();
      assertThat(stuck.isHealthy()).isFalse();
      assertThat(stuck.stuck()).hasSize(1);
      assertThat(stuck.stuck().get(0)).contains("event loop", "has not turned for 2 s", "restart");
      await().atMost(Duration.ofSeconds(10)).until(() -> running.server.status().isAlive());
    }
  }

  @Test
  void shouldNotBeAliveWhileACommitTakesForEver() {
    HoldingStore store = new HoldingStore();
    store.health = new StoreHealth(7, Instant.now(), null, null, true, Duration.ofSeconds(12));
    try (RunningServer running = RunningServer.start(CONFIG, store)) {
      ServerStatus status = running.server.status();
      assertThat(status.isAlive()).isFalse();
      assertThat(status.stuck().get(0)).contains("commits", "12 s", "check the disk");
    }
  }

  @Test
  void shouldBeAliveAndNotHealthyWhileWritesFail() {
    HoldingStore store = new HoldingStore();
    store.health = new StoreHealth(7, null, Instant.now(), "the disk is full", true, Duration.ZERO);
    try (RunningServer running = RunningServer.start(CONFIG, store)) {
      assertThat(running.server.status().isAlive()).isTrue();
      assertThat(running.server.status().isHealthy()).isFalse();
    }
  }

  /** Holds the loop that hands it the first batch. */
  private static final class HoldingStore extends ForwardingStore {

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private StoreHealth health = StoreHealth.GOOD;

    HoldingStore() {
      super(new MemoryStore());
    }

    @Override
    public void execute(Batch batch) {
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.execute(batch);
    }

    @Override
    public StoreHealth health() {
      return health;
    }

    @Override
    public void close() {
      release.countDown();
      super.close();
    }
  }
}
