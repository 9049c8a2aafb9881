package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Building, closing, and what is left afterwards: nothing. */
@Timeout(60)
class LifecycleTest {

  private static final RegisterId ID = new RegisterId(1, 1);

  private static List<String> threadsOf(WwepClient client) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("wwep-client") && name.endsWith(client.endpoint()))
        .toList();
  }

  @Test
  void shouldLeaveNoThreadAndNoConnectionBehind() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      WwepClient client = Clients.patient(server);
      for (int i = 0; i < 5; i++) {
        client.writeAsync(ID, i).join();
        server.dropConnections();
      }
      client.read(ID);
      assertThat(threadsOf(client)).isNotEmpty();
      client.close();
      await().atMost(Duration.ofSeconds(10)).until(() -> threadsOf(client).isEmpty());
      await().atMost(Duration.ofSeconds(10)).until(() -> server.openConnections() == 0);
    }
  }

  @Test
  void shouldUseOneReaderThreadAtATimeAndNoneForEachRequest() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesAfterReply());
        WwepClient client = Clients.patient(server)) {
      for (int i = 0; i < 50; i++) {
        client.write(ID, i);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> threadsOf(client).size() <= 2);
      assertThat(threadsOf(client)).contains("wwep-client " + client.endpoint());
    }
  }

  @Test
  void shouldOpenNothingBeforeTheFirstRequest() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      assertThat(threadsOf(client)).isEmpty();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void shouldGiveEachRequestAnOutcomeWhenItIsClosed() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
      WwepClient client = Clients.patient(server);
      CompletableFuture<Outcome> sent = client.executeAsync(new Request.Write(ID, 1));
      await().until(() -> server.count("W0001010001") == 1);
      CompletableFuture<Outcome> waiting = client.executeAsync(new Request.Write(ID, 2));
      client.close();

      assertThat(causeOf(sent)).isInstanceOf(WwepException.OutcomeUnknown.class);
      assertThat(causeOf(waiting)).isInstanceOf(WwepException.Unreachable.class);
      assertThat(causeOf(waiting).mayHaveTakenEffect()).isFalse();
      assertThat(server.count("W0001010002")).isZero();
    }
  }

  private static WwepException causeOf(CompletableFuture<Outcome> outcome) throws Exception {
    return ((Outcome.Failed) outcome.get(10, TimeUnit.SECONDS)).cause();
  }

  @Test
  void shouldEndAConnectAttemptWhenItIsClosed() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.StallsHandshake())) {
      WwepClient client = Clients.builder(server).tls(Trust.insecure()).build();
      CompletableFuture<Outcome> outcome = client.executeAsync(new Request.Read(ID));
      await().until(() -> server.connections() == 1);
      long start = System.nanoTime();
      client.close();
      assertThat(causeOf(outcome)).isInstanceOf(WwepException.Unreachable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void shouldRefuseRequestsAfterItWasClosed() {
    WwepClient client = WwepClient.builder("127.0.0.1").build();
    client.close();
    client.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> client.read(ID))
        .withMessageContaining("build another one");
    assertThatIllegalStateException().isThrownBy(() -> client.executeAsync(new Request.Read(ID)));
  }

  @Test
  void shouldSayThatAnInterruptedWriteIsUnknown() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        WwepClient client = Clients.patient(server)) {
      AtomicReference<Outcome> outcome = new AtomicReference<>();
      AtomicReference<Boolean> interrupted = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> {
                outcome.set(client.execute(new Request.Write(ID, 1)));
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      await().until(() -> server.count("W0001010001") == 1);
      caller.interrupt();
      caller.join(10_000);
      assertThat(((Outcome.Failed) outcome.get()).cause())
          .isInstanceOf(WwepException.OutcomeUnknown.class)
          .hasMessageContaining("interrupted");
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void shouldSayThatAWriteOfAnInterruptedThreadWasNotSent() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      Thread.currentThread().interrupt();
      Outcome outcome = client.execute(new Request.Write(ID, 1));
      assertThat(Thread.interrupted()).isTrue();
      WwepException cause = ((Outcome.Failed) outcome).cause();
      assertThat(cause)
          .isInstanceOf(WwepException.TimedOut.class)
          .hasMessageContaining("W0001010001 was not sent to " + client.endpoint())
          .hasMessageContaining("interrupted");
      assertThat(cause.mayHaveTakenEffect()).isFalse();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void shouldRefuseSettingsOutOfRangeAndNameThem() {
    WwepClientBuilder builder = WwepClient.builder("127.0.0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.port(0))
        .withMessage("port must be 1 to 65,535, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.replyTimeout(Duration.ZERO))
        .withMessage("replyTimeout must be 1 ms to 10 minutes, not 0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectTimeout(Duration.ofMinutes(11)))
        .withMessageContaining("connectTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.handshakeTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .withMessageContaining("handshakeTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.queueTimeout(Duration.ofMillis(-1)))
        .withMessageContaining("queueTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.inFlightMax(1_025))
        .withMessage("inFlightMax must be 1 to 1,024, not 1,025");
    assertThatIllegalArgumentException().isThrownBy(() -> WwepClient.builder(" "));
  }

  @Test
  void shouldChooseThePortByTheProtocolAndBracketIpv6() {
    assertThat(WwepClient.builder("[::1]").build().endpoint()).isEqualTo("[::1]:27708");
    assertThat(WwepClient.builder("::1").tls(Trust.insecure()).build().endpoint())
        .isEqualTo("[::1]:40508");
    assertThat(WwepClient.builder("a.example").port(5).build().endpoint()).isEqualTo("a.example:5");
  }
}
