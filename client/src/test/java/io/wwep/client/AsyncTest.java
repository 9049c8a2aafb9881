package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pipelining, backpressure and callbacks. */
@Timeout(60)
class AsyncTest {

  private static final Request READ = new Request.Read(new RegisterId(1, 1));

  @Test
  void shouldAnswerEachOfManyThreadsWithItsOwnValue() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      List<CompletableFuture<Boolean>> threads =
          IntStream.range(0, 8)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> readsItsOwn(client, n)))
              .toList();
      for (CompletableFuture<Boolean> thread : threads) {
        assertThat(thread.get(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static boolean readsItsOwn(WwepClient client, int device) {
    return IntStream.range(0, 200)
        .allMatch(
            value ->
                client.write(device, 1, value) == value
                    && client.read(device, 1).equals(OptionalInt.of(value)));
  }

  @Test
  void shouldPipelineFarMoreRequestsThanMayBeInFlight() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client =
            Clients.builder(server).replyTimeout(Duration.ofSeconds(10)).inFlightMax(16).build()) {
      List<CompletableFuture<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        writes.add(client.writeAsync(new RegisterId(i, 0), i));
      }
      assertThat(writes.stream().map(CompletableFuture::join))
          .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void shouldHoldBackWhoSubmitsMoreThanTheLimitAndThenSayThereIsNoRoom() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        WwepClient client =
            Clients.builder(server)
                .replyTimeout(Duration.ofSeconds(5))
                .queueTimeout(Duration.ofMillis(200))
                .inFlightMax(2)
                .build()) {
      CompletableFuture<Outcome> first = client.executeAsync(READ);
      CompletableFuture<Outcome> second = client.executeAsync(READ);
      long start = System.nanoTime();
      Outcome third = client.executeAsync(READ).join();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(200), Duration.ofSeconds(4));
      assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
      WwepException cause = ((Outcome.Failed) third).cause();
      assertThat(cause)
          .isInstanceOf(WwepException.TimedOut.class)
          .hasMessageContaining("up to 2 others are in front of it");
      assertThat(cause.mayHaveTakenEffect()).isFalse();
    }
  }

  @Test
  void shouldLetACallbackUseTheClientItself() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      RegisterId id = new RegisterId(1, 1);
      CompletableFuture<OptionalInt> chain =
          client
              .writeAsync(id, 1)
              .thenApply(value -> client.write(id, value + 1))
              .thenCompose(value -> client.writeAsync(id, value + 1))
              .thenApply(value -> client.read(id));
      assertThat(chain.get(20, TimeUnit.SECONDS)).hasValue(3);
    }
  }

  @Test
  void shouldNotLetACallbackWaitForRoomThatOnlyItCanMake() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client =
            Clients.builder(server).replyTimeout(Duration.ofSeconds(10)).inFlightMax(1).build()) {
      CompletableFuture<List<CompletableFuture<Outcome>>> two =
          client
              .executeAsync(READ)
              .thenApply(any -> List.of(client.executeAsync(READ), client.executeAsync(READ)));
      List<CompletableFuture<Outcome>> outcomes = two.get(5, TimeUnit.SECONDS);
      assertThat(outcomes.get(0).get(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcomes.get(1).get(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void shouldCarryTheFailureInAFutureOfAValue() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX());
        WwepClient client = Clients.patient(server)) {
      CompletableFuture<Integer> write = client.writeAsync(new RegisterId(1, 1), 1);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> write.get(20, TimeUnit.SECONDS))
          .withCauseInstanceOf(WwepException.Rejected.class);
      assertThat(client.readAsync(new RegisterId(1, 1)).join()).isEmpty();
    }
  }

  @Test
  void shouldReadManyThroughASessionThatDropsAgainAndAgain() {
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.DropsAtRequest(150, false));
        WwepClient client = Clients.patient(server)) {
      List<RegisterId> ids =
          IntStream.range(0, 256).mapToObj(register -> new RegisterId(3, register)).toList();
      for (RegisterId id : ids) {
        writeUntilKnown(client, id);
      }
      List<OptionalInt> values = client.readAll(ids);
      assertThat(values)
          .containsExactlyElementsOf(IntStream.range(0, 256).mapToObj(OptionalInt::of).toList());
    }
  }

  /** What a user does about an unknown outcome: read, and write again only when it is missing. */
  private static void writeUntilKnown(WwepClient client, RegisterId id) {
    try {
      client.write(id, id.register());
    } catch (WwepException.OutcomeUnknown e) {
      if (!client.read(id).equals(OptionalInt.of(id.register()))) {
        client.write(id, id.register());
      }
    }
  }
}
