package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One client, unchanged, against every server that answers correctly in its own way. */
@Timeout(60)
class WwepClientTest {

  static Stream<Misbehavior> serversThatAnswer() {
    return Stream.of(
        new Misbehavior.Behaves(),
        new Misbehavior.ClosesAfterReply(),
        new Misbehavior.Lingers(250),
        new Misbehavior.Lingers(1),
        new Misbehavior.Trickles(1),
        new Misbehavior.JoinsReplies(256),
        new Misbehavior.AnswersLate(2));
  }

  @ParameterizedTest
  @MethodSource("serversThatAnswer")
  void shouldReadWhatItWrote(Misbehavior behavior) {
    try (MisbehavingServer server = MisbehavingServer.start(behavior);
        WwepClient client = Clients.patient(server)) {
      assertThat(client.read(0x0FAC, 0x0B)).isEmpty();
      assertThat(client.write(0x0FAC, 0x0B, 0x1234)).isEqualTo(0x1234);
      assertThat(client.read(0x0FAC, 0x0B)).hasValue(0x1234);
      assertThat(client.write(0xFFFF, 0xFF, 0)).isZero();
      assertThat(client.read(0xFFFF, 0xFF)).hasValue(0);
    }
  }

  @ParameterizedTest
  @MethodSource("serversThatAnswer")
  void shouldSendEachOfManyWritesOnce(Misbehavior behavior) {
    try (MisbehavingServer server = MisbehavingServer.start(behavior);
        WwepClient client = Clients.patient(server)) {
      for (int i = 0; i < 20; i++) {
        client.write(1, i, i);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(server.count("W0001%02X%04X".formatted(i, i))).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("serversThatAnswer")
  void shouldKeepTheOrderOfAsynchronousWrites(Misbehavior behavior) throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(behavior);
        WwepClient client = Clients.patient(server)) {
      RegisterId id = new RegisterId(1, 2);
      List<CompletableFuture<Integer>> writes =
          IntStream.range(0, 50).mapToObj(value -> client.writeAsync(id, value)).toList();
      CompletableFuture<OptionalInt> read = client.readAsync(id);

      assertThat(read.get(30, TimeUnit.SECONDS)).hasValue(49);
      assertThat(writes).allMatch(CompletableFuture::isDone);
      assertThat(server.requests().stream().filter(frame -> frame.startsWith("W")))
          .containsExactlyElementsOf(
              IntStream.range(0, 50).mapToObj("W000102%04X"::formatted).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("serversThatAnswer")
  void shouldDumpTheWrittenRegistersOfADevice(Misbehavior behavior) {
    try (MisbehavingServer server = MisbehavingServer.start(behavior);
        WwepClient client = Clients.patient(server)) {
      client.write(7, 0x00, 1);
      client.write(7, 0x80, 2);
      client.write(7, 0xFF, 3);
      client.write(8, 0x01, 4);

      assertThat(client.dump(7))
          .containsExactly(
              java.util.Map.entry(0x00, 1),
              java.util.Map.entry(0x80, 2),
              java.util.Map.entry(0xFF, 3));
    }
  }

  @Test
  void shouldUseOneConnectionWhereTheServerKeepsSessions() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      client.read(1, 1);
      client.read(1, 1);
      for (int i = 0; i < 50; i++) {
        client.write(1, 1, i);
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).hasSize(52);
    }
  }

  @Test
  void shouldPutEachRequestOnItsOwnConnectionWhereTheServerClosesAfterReply() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesAfterReply());
        WwepClient client = Clients.patient(server)) {
      for (int i = 0; i < 10; i++) {
        client.write(1, 1, i);
      }
      assertThat(server.connections()).isBetween(10, 12);
    }
  }

  @Test
  void shouldFollowAServerThatChangesItsHabit() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesAfterReply());
        WwepClient client = Clients.patient(server)) {
      client.write(1, 1, 1);
      client.write(1, 1, 2);
      server.behave(new Misbehavior.Behaves());
      for (int i = 10; i < 30; i++) {
        client.write(1, 1, i);
      }
      int connections = server.connections();
      client.write(1, 1, 30);
      client.write(1, 1, 31);
      assertThat(server.connections()).isEqualTo(connections);

      server.behave(new Misbehavior.Lingers(250));
      server.dropConnections();
      assertThat(client.read(1, 1)).hasValue(31);
      assertThat(IntStream.range(10, 32))
          .allMatch(i -> server.count("W000101%04X".formatted(i)) == 1);
    }
  }

  @Test
  void shouldReconnectAfterTheServerClosedAnIdleSession() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      client.write(1, 1, 1);
      client.write(1, 1, 2);
      server.dropConnections();
      org.awaitility.Awaitility.await().until(() -> server.openConnections() == 0);
      assertThat(client.read(1, 1)).hasValue(2);
    }
  }

  @Test
  void shouldTellARejectedWriteFromAStoredOne() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX());
        WwepClient client = Clients.patient(server)) {
      assertThatExceptionOfType(WwepException.Rejected.class)
          .isThrownBy(() -> client.write(0x0FAC, 0x0B, 0x1234))
          .withMessageContaining(client.endpoint())
          .withMessageContaining("W0FAC0B1234")
          .matches(e -> !e.mayHaveTakenEffect())
          .matches(e -> e.explanation().isEmpty());
      assertThat(client.execute(new Request.Write(new RegisterId(1, 1), 1)))
          .isEqualTo(new Outcome.Rejected(""));
      assertThat(client.read(1, 1)).isEmpty();
    }
  }

  @Test
  void shouldRefuseNumbersOutOfRangeBeforeSendingAnything() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.write(0x10000, 0, 0))
          .withMessageContaining("device must be 0 to 65535");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.write(0, 0, 65_536))
          .withMessageContaining("65536");
      assertThatIllegalArgumentException().isThrownBy(() -> client.read(0, 256));
      List<RegisterId> tooMany = new ArrayList<>();
      for (int i = 0; i <= 65_536; i++) {
        tooMany.add(new RegisterId(0, 0));
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.readAll(tooMany))
          .withMessageContaining("65,536");
      assertThat(server.connections()).isZero();
    }
  }
}
