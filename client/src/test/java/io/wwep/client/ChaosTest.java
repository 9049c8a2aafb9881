package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many writes, each to a register of its own, while the server changes its behavior at random. What
 * the client says of each must be true of what the server saw.
 */
@Timeout(120)
class ChaosTest {

  private static final int ROUNDS = 30;
  private static final int WRITES_MAX = 12;

  static LongStream seeds() {
    return LongStream.of(1, 2, 3, 4, System.nanoTime());
  }

  private static Misbehavior choose(Random random) {
    List<Misbehavior> all =
        List.of(
            new Misbehavior.Behaves(),
            new Misbehavior.Behaves(),
            new Misbehavior.ClosesAfterReply(),
            new Misbehavior.Lingers(1 + random.nextInt(20)),
            new Misbehavior.ClosesBeforeReply(random.nextBoolean()),
            new Misbehavior.ClosesMidReply(1 + random.nextInt(10)),
            new Misbehavior.Resets(),
            new Misbehavior.DropsAtRequest(1 + random.nextInt(6), random.nextBoolean()),
            new Misbehavior.AnswersLate(1 + random.nextInt(10)),
            new Misbehavior.Trickles(1),
            new Misbehavior.JoinsReplies(2 + random.nextInt(8)),
            new Misbehavior.NeverAnswers(),
            new Misbehavior.AnswersX(),
            new Misbehavior.AnswersHttp(),
            new Misbehavior.AnswersForWrongRegister(),
            new Misbehavior.TurnsAway(),
            new Misbehavior.Refuses());
    return all.get(random.nextInt(all.size()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSayOfEachWriteWhatIsTrue(long seed) throws Exception {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<Request.Write, CompletableFuture<Outcome>> writes = new LinkedHashMap<>();
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.builder(server).replyTimeout(Duration.ofMillis(150)).build()) {
      for (int round = 0; round < ROUNDS; round++) {
        server.behave(choose(random));
        if (random.nextInt(4) == 0) {
          server.dropConnections();
        }
        List<CompletableFuture<Outcome>> inRound = new ArrayList<>();
        for (int i = random.nextInt(WRITES_MAX); i >= 0; i--) {
          Request.Write write = new Request.Write(RegisterId.ofAddress(writes.size()), 1 + round);
          CompletableFuture<Outcome> outcome = client.executeAsync(write);
          writes.put(write, outcome);
          inRound.add(outcome);
          client.readAsync(write.id()).exceptionally(any -> null);
        }
        if (random.nextBoolean()) {
          CompletableFuture.allOf(inRound.toArray(CompletableFuture[]::new))
              .get(60, TimeUnit.SECONDS);
        }
      }
      for (Map.Entry<Request.Write, CompletableFuture<Outcome>> write : writes.entrySet()) {
        Outcome outcome = write.getValue().get(60, TimeUnit.SECONDS);
        check(server, write.getKey(), outcome);
      }
    }
  }

  private static void check(MisbehavingServer server, Request.Write write, Outcome outcome) {
    String frame = "W%s%04X".formatted(write.id(), write.value());
    int sent = server.count(frame);
    boolean stored = server.stored(write.id().toString()).isPresent();
    assertThat(sent).as("%s: %s", frame, outcome).isLessThanOrEqualTo(1);
    assertThat(permitted(outcome, sent, stored))
        .as(
            "%s was sent %d times, stored: %s, and the client says %s",
            frame, sent, stored, outcome)
        .isTrue();
  }

  private static boolean permitted(Outcome outcome, int sent, boolean stored) {
    if (outcome instanceof Outcome.Value) {
      return sent == 1 && stored;
    }
    if (outcome instanceof Outcome.Rejected) {
      return !stored;
    }
    return ((Outcome.Failed) outcome).cause().mayHaveTakenEffect() || sent == 0;
  }
}
