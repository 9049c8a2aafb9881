package io.wwep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkersTest {

  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setWorkerPoolSize(2).setUseDaemonThread(true))
          .build();

  private final CountDownLatch found = new CountDownLatch(1);

  @AfterEach
  void close() {
    found.countDown();
    vertx.close();
  }

  @Test
  void shouldAnswerOfTheServerWhileQuestionsToTheHistoryTakeLong() {
    Workers history = Workers.ofHistory(vertx);
    Workers server = Workers.ofServer(vertx);
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> worker = new CompletableFuture<>();

    vertx.runOnContext(
        now -> {
          for (int i = 0; i < 3; i++) {
            history.run(null, this::search, worker::complete);
          }
          server.run(null, () -> "well", answer::complete);
        });

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("well");
    assertThat(worker).isNotDone();
    found.countDown();
    assertThat(worker).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("wwep-http-history-0");
  }

  private String search() throws InterruptedException {
    found.await();
    return Thread.currentThread().getName();
  }
}
