package io.wwep.console.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.wwep.testkit.TestServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes whose keys are still made. */
@Timeout(60)
class ProbeDeskTest {

  private static final int DEVICE = 0x0312;
  private static final String LOOPBACK = "127.0.0.1";

  private final TestServer server = TestServer.start();
  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor worker = vertx.createSharedWorkerExecutor("wwep-test", 1);
  private final CountDownLatch busy = new CountDownLatch(1);
  private final Roll roll = new Roll();
  private final ProbeDesk desk =
      new ProbeDesk(server.server(), worker, roll, InstantSource.system());

  /** What was told of each probe that was begun. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    busy.countDown();
    vertx.close().toCompletionStage().toCompletableFuture().get();
    server.close();
  }

  /** Keys are made by one thread, which has something else to do for now. */
  private void startBehindOtherWork() {
    worker.executeBlocking(
        () -> {
          busy.await();
          return null;
        });
    desk.start(DEVICE, LOOPBACK, false, failure -> told.add("" + failure));
  }

  private JsonObject device() {
    return roll.json(DEVICE, Map.of());
  }

  @Test
  void shouldCallOffAProbeWhoseKeysAreStillMade() throws Exception {
    startBehindOtherWork();

    assertThat(desk.cancel(DEVICE)).isTrue();
    busy.countDown();

    await().until(() -> !roll.isProbed(DEVICE));
    assertThat(device().getJsonObject("probe").getString("outcome")).isEqualTo("cancelled");
    await().until(() -> told, List.of("null")::equals);
    assertThat(desk.cancel(DEVICE)).isFalse();
    assertThat(new TlsBoard(server).verifying("W0312050001")).isEqualTo("A0312050001");
  }

  @Test
  void shouldHaveNothingToCallOffWhereAProbeCouldNotBegin() {
    server.server().probes().start(0x0313, LOOPBACK, Duration.ofMinutes(1));
    startBehindOtherWork();
    busy.countDown();

    await().until(() -> told.size() == 1);
    assertThat(told.get(0)).contains("ProblemException");
    assertThat(desk.cancel(DEVICE)).isFalse();
  }
}
