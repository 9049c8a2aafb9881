package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits when the client is closed is told just that, wherever its request is. */
@Timeout(60)
class ClosingTest {

  private static final int ASYNC = 10;

  private static Request.Write write(int value) {
    return new Request.Write(new RegisterId(1, 1), value);
  }

  /** By name, since the look-up is one more place where close() finds the client at work. */
  private static WwepClientBuilder byName(MisbehavingServer server) {
    return WwepClient.builder("localhost").port(server.port());
  }

  private static List<CompletableFuture<Outcome>> submit(WwepClient client) {
    return IntStream.range(0, ASYNC).mapToObj(i -> client.executeAsync(write(i))).toList();
  }

  /** Executes on a thread of its own, and returns when that thread waits. */
  private static CompletableFuture<Outcome> executeBlocking(WwepClient client) {
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    Thread caller = new Thread(() -> result.complete(client.execute(write(ASYNC))));
    caller.start();
    await().until(() -> isWaiting(caller));
    return result;
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static WwepException causeOf(CompletableFuture<Outcome> outcome)
      throws ExecutionException, InterruptedException, TimeoutException {
    return ((Outcome.Failed) outcome.get(10, TimeUnit.SECONDS)).cause();
  }

  private static void assertNotSent(WwepClient client, CompletableFuture<Outcome> outcome)
      throws Exception {
    assertThat(causeOf(outcome))
        .isInstanceOf(WwepException.Unreachable.class)
        .hasMessageContaining("the client for %s was closed".formatted(client.endpoint()));
  }

  @RepeatedTest(20)
  void shouldTellAllWhoWaitForASilentServerThatTheClientWasClosed() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
      WwepClient client = byName(server).replyTimeout(Duration.ofSeconds(20)).build();
      List<CompletableFuture<Outcome>> async = submit(client);
      CompletableFuture<Outcome> blocking = executeBlocking(client);
      await().until(() -> server.count("W0001010000") == 1);

      client.close();

      assertThat(causeOf(async.get(0)))
          .isInstanceOf(WwepException.OutcomeUnknown.class)
          .hasMessageContaining("the client for %s was closed".formatted(client.endpoint()))
          .hasMessageContaining("may be stored or not");
      for (CompletableFuture<Outcome> unsent : async.subList(1, ASYNC)) {
        assertNotSent(client, unsent);
      }
      assertNotSent(client, blocking);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void shouldNotBlameTheServerWhenTheClientIsClosedInAHandshake() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.StallsHandshake())) {
      WwepClient client = byName(server).tls(Trust.insecure()).build();
      List<CompletableFuture<Outcome>> async = submit(client);
      CompletableFuture<Outcome> blocking = executeBlocking(client);
      await().until(() -> server.connections() == 1);

      client.close();

      for (CompletableFuture<Outcome> unsent : async) {
        assertNotSent(client, unsent);
      }
      assertNotSent(client, blocking);
    }
  }
}
