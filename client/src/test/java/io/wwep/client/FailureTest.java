package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every misbehavior has its one outcome, for a read and for a write. */
@Timeout(60)
class FailureTest {

  private static final RegisterId ID = new RegisterId(0x0FAC, 0x0B);
  private static final Request READ = new Request.Read(ID);
  private static final Request WRITE = new Request.Write(ID, 0x1234);

  static Stream<Arguments> misbehaviors() {
    Class<?> unreachable = WwepException.Unreachable.class;
    Class<?> unknown = WwepException.OutcomeUnknown.class;
    Class<?> timedOut = WwepException.TimedOut.class;
    Class<?> notWwep = WwepException.NotWwep.class;
    return Stream.of(
        Arguments.of(new Misbehavior.ClosesBeforeReply(true), unreachable, unknown),
        Arguments.of(new Misbehavior.ClosesBeforeReply(false), unreachable, unknown),
        Arguments.of(new Misbehavior.ClosesMidReply(1), unreachable, unknown),
        Arguments.of(new Misbehavior.ClosesMidReply(10), unreachable, unknown),
        Arguments.of(new Misbehavior.Resets(), unreachable, unknown),
        Arguments.of(new Misbehavior.DropsAtRequest(1, true), unreachable, unknown),
        Arguments.of(new Misbehavior.NeverAnswers(), timedOut, timedOut),
        Arguments.of(new Misbehavior.NeverReads(), timedOut, timedOut),
        Arguments.of(new Misbehavior.AnswersLate(2_000), timedOut, timedOut),
        Arguments.of(new Misbehavior.Trickles(60), timedOut, timedOut),
        Arguments.of(new Misbehavior.AnswersHttp(), notWwep, notWwep),
        Arguments.of(new Misbehavior.AnswersForWrongRegister(), notWwep, notWwep),
        Arguments.of(new Misbehavior.Refuses(), unreachable, unreachable));
  }

  @ParameterizedTest
  @MethodSource("misbehaviors")
  void shouldNameTheFailureOfARead(Misbehavior how, Class<?> forRead, Class<?> forWrite) {
    try (MisbehavingServer server = startWithValue(how);
        WwepClient client = Clients.of(server)) {
      WwepException failure = failure(client.execute(READ));
      assertThat(failure).isInstanceOf(forRead).hasMessageContaining(client.endpoint());
      assertThat(failure.mayHaveTakenEffect()).isFalse();
      assertThat(server.count("R0FAC0B")).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("misbehaviors")
  void shouldNameTheFailureOfAWriteAndNeverRepeatIt(
      Misbehavior how, Class<?> forRead, Class<?> forWrite) {
    boolean sent = forWrite != WwepException.Unreachable.class;
    try (MisbehavingServer server = MisbehavingServer.start(how);
        WwepClient client = Clients.of(server)) {
      WwepException failure = failure(client.execute(WRITE));
      assertThat(failure).isInstanceOf(forWrite).hasMessageContaining(client.endpoint());
      assertThat(failure.mayHaveTakenEffect()).isEqualTo(sent);

      // Whatever the client does afterwards, it must not send the write again.
      server.behave(new Misbehavior.Behaves());
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
      assertThat(server.count("W0FAC0B1234")).isLessThanOrEqualTo(1);
    }
  }

  static Stream<Misbehavior> foreigners() {
    return Stream.of(
        new Misbehavior.AnswersHttp(),
        new Misbehavior.AnswersForWrongRegister(),
        new Misbehavior.Says("A9999999999"));
  }

  @ParameterizedTest
  @MethodSource("foreigners")
  void shouldSayOfAWriteWithAForeignAnswerThatItMayBeStored(Misbehavior how) {
    try (MisbehavingServer server = startWithValue(how);
        WwepClient client = Clients.of(server)) {
      WwepException ofWrite = failure(client.execute(WRITE));
      assertThat(ofWrite)
          .isInstanceOf(WwepException.NotWwep.class)
          .hasMessageEndingWith(
              "; the value may be stored or not, so read the register before writing again");
      assertThat(ofWrite.mayHaveTakenEffect()).isTrue();
      assertThat(failure(client.execute(READ)))
          .isInstanceOf(WwepException.NotWwep.class)
          .hasMessageContaining("check ")
          .hasMessageNotContaining("stored");
    }
  }

  private static MisbehavingServer startWithValue(Misbehavior how) {
    MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
    try (WwepClient client = Clients.patient(server)) {
      client.write(ID, 0x1234);
    }
    server.behave(how);
    return server;
  }

  private static WwepException failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).cause();
  }

  @Test
  void shouldRepeatAReadOnceOnAFreshConnection() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.of(server)) {
      client.write(ID, 0x1234);
      client.read(ID);
      server.behave(new Misbehavior.ClosesBeforeReply(false));
      assertThatExceptionOfType(WwepException.Unreachable.class).isThrownBy(() -> client.read(ID));
      assertThat(server.count("R0FAC0B")).isEqualTo(3);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void shouldAnswerAReadFromAFreshConnectionWhenTheSessionDrops() {
    try (MisbehavingServer server =
            MisbehavingServer.start(new Misbehavior.DropsAtRequest(5, false));
        WwepClient client = Clients.patient(server)) {
      client.write(ID, 0x1234);
      for (int i = 0; i < 30; i++) {
        assertThat(client.read(ID)).hasValue(0x1234);
      }
    }
  }

  @Test
  void shouldSayUnreachableAndNotUnknownWhenTheServerTurnsEverybodyAway() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.TurnsAway());
        WwepClient client = Clients.of(server)) {
      // The X may come before or after the request is sent; it is an answer only in the second
      // case. In no case may it count as a stored write.
      assertThat(client.execute(WRITE)).isNotInstanceOf(Outcome.Value.class);
      assertThat(server.stored("0FAC0B")).isEmpty();
    }
  }

  @Test
  void shouldFailAllWaitingRequestsAtOnceWhenThereIsNoServer() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses());
        WwepClient client = Clients.of(server)) {
      long start = System.nanoTime();
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.dump(1))
          .withMessageContaining("nothing listens on " + client.endpoint());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

      server.behave(new Misbehavior.Behaves());
      assertThat(client.dump(1)).isEmpty();
    }
  }

  @Test
  void shouldNameAHostThatHasNoAddress() {
    try (WwepClient client = WwepClient.builder("no-such-host.invalid").build()) {
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("no-such-host.invalid");
    }
  }

  @Test
  void shouldTryEachAddressOfAName() throws Exception {
    // localhost is ::1 and 127.0.0.1 on most machines, and the server listens on one of them.
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = WwepClient.builder("localhost").port(server.port()).build()) {
      assertThat(client.write(1, 1, 1)).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveUpWithinTheConnectTimeoutWhenNobodyAccepts() throws Exception {
    // A full backlog: the kernel takes no further connection, or takes it and nobody answers.
    try (ServerSocket deaf = new ServerSocket(0, 1);
        WwepClient client =
            WwepClient.builder("127.0.0.1")
                .port(deaf.getLocalPort())
                .connectTimeout(Duration.ofMillis(300))
                .replyTimeout(Duration.ofMillis(300))
                .build()) {
      for (int i = 0; i < 4; i++) {
        long start = System.nanoTime();
        WwepException failure = failure(client.execute(READ));
        assertThat(failure)
            .isInstanceOfAny(WwepException.Unreachable.class, WwepException.TimedOut.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      }
    }
  }

  @Test
  void shouldFailTheWritesBehindALostReplyAsUnknown() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      client.read(1, 1);
      client.read(1, 1);
      server.behave(new Misbehavior.DropsAtRequest(8, true));
      List<Outcome> outcomes =
          Stream.iterate(0, i -> i + 1)
              .limit(40)
              .map(i -> client.executeAsync(new Request.Write(new RegisterId(2, i), i)))
              .toList()
              .stream()
              .map(java.util.concurrent.CompletableFuture::join)
              .toList();

      // Requests 3 to 7 of the connection were answered, the eighth was not.
      assertThat(outcomes.subList(0, 5)).allMatch(Outcome.Value.class::isInstance);
      assertThat(failure(outcomes.get(5))).isInstanceOf(WwepException.OutcomeUnknown.class);
      for (int i = 0; i < 40; i++) {
        boolean accepted = outcomes.get(i) instanceof Outcome.Value;
        int times = server.count("W0002%02X%04X".formatted(i, i));
        assertThat(times).as("write %d: %s", i, outcomes.get(i)).isBetween(accepted ? 1 : 0, 1);
      }
    }
  }
}
