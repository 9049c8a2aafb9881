package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An exchange ends with the client and with the patience of its thread, as a read does. */
@Timeout(60)
class RawExchangeStopTest {

  /** Far beyond the timeout of a test: nothing here may end by itself. */
  private static final Duration FOREVER = Duration.ofMinutes(5);

  /** One exchange on a thread of its own, and what that thread made of it. */
  private static final class Caller {

    private final CompletableFuture<WwepException> failure = new CompletableFuture<>();
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final Thread thread;

    Caller(WwepClient client, String text) {
      thread = new Thread(() -> run(client, text));
      thread.start();
    }

    private void run(WwepClient client, String text) {
      try {
        RawExchange exchange = client.exchange(bytes(text));
        failure.completeExceptionally(new AssertionError("it came to an end: " + exchange));
      } catch (WwepException e) {
        failure.complete(e);
      }
      interrupted.complete(Thread.currentThread().isInterrupted());
    }

    WwepException failure() throws Exception {
      return failure.get(10, TimeUnit.SECONDS);
    }

    boolean isInterrupted() throws Exception {
      return interrupted.get(10, TimeUnit.SECONDS);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static WwepClientBuilder builder(MisbehavingServer server) {
    return Clients.builder(server).replyTimeout(FOREVER).handshakeTimeout(FOREVER);
  }

  private static void awaitEndOf(MisbehavingServer server) {
    await().until(() -> server.openConnections() == 0);
  }

  @Test
  void shouldRefuseAnExchangeAfterItWasClosed() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      WwepClient client = builder(server).build();
      client.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> client.exchange(bytes("R000101")))
          .withMessageContaining("build another one");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void shouldEndAnExchangeThatIsUnderWayWhenItIsClosed() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
      WwepClient client = builder(server).build();
      Caller read = new Caller(client, "R000101");
      Caller write = new Caller(client, "R000101W0001010001");
      await().until(() -> server.requests().size() == 3);

      client.close();

      String closed = "the client for %s was closed".formatted(client.endpoint());
      assertThat(read.failure())
          .isInstanceOf(WwepException.Unreachable.class)
          .hasMessageContaining(closed);
      assertThat(write.failure())
          .isInstanceOf(WwepException.OutcomeUnknown.class)
          .hasMessageContaining(closed)
          .hasMessageContaining("may be stored or not");
      assertThat(read.isInterrupted()).isFalse();
      awaitEndOf(server);
    }
  }

  @Test
  void shouldEndAnExchangeInItsHandshakeWhenItIsClosed() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.StallsHandshake())) {
      WwepClient client = builder(server).tls(Trust.insecure()).build();
      Caller write = new Caller(client, "W0001010001");
      await().until(() -> server.connections() == 1);

      client.close();

      assertThat(write.failure())
          .isInstanceOf(WwepException.Unreachable.class)
          .hasMessageContaining("the client for %s was closed".formatted(client.endpoint()));
    }
  }

  @Test
  void shouldEndAnExchangeWhoseThreadIsInterrupted() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        WwepClient client = builder(server).build()) {
      Caller read = new Caller(client, "R000101");
      Caller write = new Caller(client, "W0001010001");
      await().until(() -> server.requests().size() == 2);

      read.thread.interrupt();
      write.thread.interrupt();

      assertThat(read.failure())
          .isInstanceOf(WwepException.TimedOut.class)
          .hasMessageContaining("interrupted");
      assertThat(write.failure())
          .isInstanceOf(WwepException.OutcomeUnknown.class)
          .hasMessageContaining("interrupted");
      assertThat(read.isInterrupted()).isTrue();
      assertThat(write.isInterrupted()).isTrue();
      awaitEndOf(server);
    }
  }

  @Test
  void shouldSayThatNothingWasSentWhenTheThreadIsInterruptedInTheHandshake() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.StallsHandshake());
        WwepClient client = builder(server).tls(Trust.insecure()).build()) {
      Caller write = new Caller(client, "W0001010001");
      await().until(() -> server.connections() == 1);

      write.thread.interrupt();

      assertThat(write.failure())
          .isInstanceOf(WwepException.TimedOut.class)
          .hasMessageContaining("W0001010001 was not sent to " + client.endpoint())
          .matches(e -> !e.mayHaveTakenEffect());
      assertThat(write.isInterrupted()).isTrue();
    }
  }

  @Test
  void shouldNotConnectForAThreadThatIsInterrupted() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = builder(server).build()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(WwepException.TimedOut.class)
          .isThrownBy(() -> client.exchange(bytes("W0001010001")))
          .withMessageContaining("W0001010001 was not sent to " + client.endpoint())
          .matches(e -> !e.mayHaveTakenEffect());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.connections()).isZero();
    }
  }
}
