package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.Door;
import io.wwep.server.access.Grant;
import io.wwep.server.access.Network;
import io.wwep.server.access.Region;
import io.wwep.server.tls.ClientTerms;
import io.wwep.store.MemoryStore;
import io.wwep.store.Origin;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that come through the browser console. */
@Timeout(60)
class DeskTest {

  private static final InetSocketAddress BROWSER = new InetSocketAddress("192.168.1.7", 51_234);
  private static final Map<RegisterId, OptionalInt> ANY = Map.of();

  private static Request write(int device, int register, int value) {
    return new Request.Write(new RegisterId(device, register), value);
  }

  private static Request read(int device, int register) {
    return new Request.Read(new RegisterId(device, register));
  }

  private static List<Outcome> perform(RunningServer running, Request... requests)
      throws Exception {
    return perform(running, ANY, requests);
  }

  private static List<Outcome> perform(
      RunningServer running, Map<RegisterId, OptionalInt> expected, Request... requests)
      throws Exception {
    return running
        .server
        .desk()
        .perform(BROWSER, true, List.of(requests), expected)
        .get(10, TimeUnit.SECONDS);
  }

  private static String code(Outcome outcome) {
    return ((Outcome.Rejected) outcome).why().code().word();
  }

  @Test
  void shouldPerformRequestsInTheirOrderAndTellOfThem() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire wire = running.plain()) {
      List<Outcome> outcomes =
          perform(running, read(1, 2), write(1, 2, 0xABCD), read(1, 2), write(1, 3, 7));

      assertThat(code(outcomes.get(0))).isEqualTo("not-written");
      assertThat(outcomes.subList(1, 4))
          .containsExactly(
              new Outcome.Accepted(0xABCD), new Outcome.Accepted(0xABCD), new Outcome.Accepted(7));
      assertThat(wire.exchange("R000103")).isEqualTo("A0001030007");
      await().until(() -> running.transactions().size() == 5);
      assertThat(running.transactions().subList(0, 4))
          .allSatisfy(
              told -> {
                assertThat(told.door()).isEqualTo(Door.CONSOLE);
                assertThat(told.peer()).isEqualTo("192.168.1.7:51234");
              })
          .extracting(told -> told.request() + " " + told.reply())
          .containsExactly(
              "R000102 X",
              "W000102ABCD A000102ABCD",
              "R000102 A000102ABCD",
              "W0001030007 A0001030007");
      ServerCounters counters = running.server.counters();
      assertThat(counters.requests()).isEqualTo(5);
      assertThat(counters.rejectedRequests()).isEqualTo(1);
    }
  }

  @Test
  void shouldNameTheBrowserInTheHistory() throws Exception {
    MemoryStore store = new MemoryStore();
    Queue<Origin> origins = new ConcurrentLinkedQueue<>();
    store.addListener((sequence, time, address, value, origin) -> origins.add(origin));
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store)) {
      perform(running, write(1, 2, 3));
    }
    assertThat(origins).containsExactly(new Origin("192.168.1.7 (console)", true));
  }

  private static Access policy(Door door, String address, String read, String write) {
    Grant grant =
        new Grant(
            4,
            List.of(),
            address == null ? List.of() : List.of(Network.parse(address)),
            door,
            List.of(Region.parse(read)),
            List.of(Region.parse(write)));
    return new Access(ClientTerms.NONE, true, new AccessPolicy("policy.toml", List.of(grant)));
  }

  @Test
  void shouldWriteNothingWhenOneWriteIsDenied() throws Exception {
    Access access = policy(Door.CONSOLE, "192.168.1.0/24", "*", "0001");
    try (RunningServer running =
        RunningServer.start(ServerConfig.onFreePorts(), RunningServer.memory(), access)) {
      List<Outcome> outcomes =
          perform(running, write(1, 1, 5), write(2, 1, 5), read(1, 1), write(1, 2, 5));

      assertThat(outcomes.stream().map(DeskTest::code))
          .containsExactly("denied", "denied", "not-written", "denied");
      assertThat(((Outcome.Rejected) outcomes.get(0)).why().sentence())
          .contains("another write that came with it is denied", "register 01 of device 0002");
      assertThat(running.store.registerCount()).isZero();
      await().until(() -> running.transactions().size() == 4);
      assertThat(perform(running, write(1, 1, 5))).containsExactly(new Outcome.Accepted(5));
    }
  }

  @Test
  void shouldObeyThePolicyOfTheMoment() throws Exception {
    Access access = policy(Door.CONSOLE, null, "*", "0001");
    try (RunningServer running =
            RunningServer.start(ServerConfig.onFreePorts(), RunningServer.memory(), access);
        Wire wire = running.plain()) {
      Desk desk = running.server.desk();
      assertThat(desk.allowed(BROWSER, true, 0x000105).allowed()).isTrue();
      assertThat(desk.allowed(BROWSER, true, 0x000105).line()).isEqualTo(4);
      assertThat(desk.allowed(BROWSER, true, 0x000205).allowed()).isFalse();
      assertThat(wire.exchange("R000105")).startsWith("X");

      running.server.obey(policy(Door.PLAIN, null, "*", "*"));
      assertThat(desk.allowed(BROWSER, true, 0x000105).reason()).contains("policy.toml");
      assertThat(code(perform(running, read(1, 5)).get(0))).isEqualTo("denied");
    }
  }

  @Test
  void shouldObeyReadOnly() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts();
    try (RunningServer running = RunningServer.start(config.withReadOnly(ReadOnly.ALL))) {
      assertThat(code(perform(running, write(1, 1, 1)).get(0))).isEqualTo("denied");
      assertThat(running.server.desk().allowed(BROWSER, true, 0).reason())
          .contains("the console takes reads only");
      assertThat(running.server.desk().allowed(BROWSER, false, 0).allowed()).isTrue();
    }
    try (RunningServer running = RunningServer.start(config.withReadOnly(ReadOnly.TLS))) {
      assertThat(perform(running, write(1, 1, 1))).containsExactly(new Outcome.Accepted(1));
      assertThat(running.server.desk().allowed(BROWSER, true, 0).allowed()).isTrue();
    }
  }

  @Test
  void shouldWriteOnlyWhereRegistersAreAsExpected() throws Exception {
    RegisterId id = new RegisterId(1, 2);
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      assertThat(perform(running, Map.of(id, OptionalInt.empty()), write(1, 2, 5)))
          .containsExactly(new Outcome.Accepted(5));
      List<Outcome> outcomes =
          perform(running, Map.of(id, OptionalInt.of(4)), write(1, 2, 6), read(1, 2));

      Outcome.Conflict conflict = (Outcome.Conflict) outcomes.get(0);
      assertThat(conflict.id()).isEqualTo(id);
      assertThat(conflict.found()).hasValue(5);
      assertThat(conflict.sentence()).contains("has the value 0005 and not 0004");
      assertThat(outcomes.get(1)).isEqualTo(new Outcome.Accepted(5));
      assertThat(running.store.read(id.address())).isEqualTo(5);
      // Nobody was answered X.
      assertThat(running.server.counters().requests()).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswerAWriteNotBeforeItIsDurable() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store)) {
      CompletableFuture<List<Outcome>> written =
          running.server.desk().perform(BROWSER, false, List.of(write(1, 2, 3)), ANY);
      await().until(() -> store.waiting.size() == 1);
      assertThat(written).isNotDone();
      store.commitOne();
      assertThat(written.get(10, TimeUnit.SECONDS)).containsExactly(new Outcome.Accepted(3));
    }
  }

  @Test
  void shouldRefuseWhatIsBeyondItsLimits() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store)) {
      Desk desk = running.server.desk();
      List<CompletableFuture<List<Outcome>>> calls =
          Stream.generate(() -> desk.perform(BROWSER, false, List.of(write(1, 2, 3)), ANY))
              .limit(Desk.CALLS_MAX)
              .toList();
      List<Outcome> beyond =
          desk.perform(BROWSER, false, List.of(read(1, 2)), ANY).get(10, TimeUnit.SECONDS);
      assertThat(code(beyond.get(0))).isEqualTo("limited");

      await().until(() -> store.waiting.size() == Desk.CALLS_MAX);
      for (CompletableFuture<List<Outcome>> call : calls) {
        store.commitOne();
        assertThat(call.get(10, TimeUnit.SECONDS)).containsExactly(new Outcome.Accepted(3));
      }
      assertThat(perform(running, read(1, 2))).containsExactly(new Outcome.Accepted(3));
      List<Request> many = Collections.nCopies(Desk.REQUESTS_MAX + 1, read(1, 2));
      assertThatThrownBy(() -> desk.perform(BROWSER, false, many, ANY))
          .hasMessage("number of requests must be 1 to 256, not 257");
      assertThatThrownBy(() -> desk.perform(BROWSER, false, List.of(), ANY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldFailWhatAClosedServerCannotAnswer() throws Exception {
    HeldStore store = new HeldStore();
    RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
    Desk desk = running.server.desk();
    CompletableFuture<List<Outcome>> waiting =
        desk.perform(BROWSER, false, List.of(write(1, 2, 3)), ANY);
    await().until(() -> store.waiting.size() == 1);
    running.server.close();

    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ServerException.class)
        .hasMessageContaining("shutting down");
    assertThat(desk.perform(BROWSER, false, List.of(read(1, 2)), ANY)).isCompletedExceptionally();
    store.commitOne();
    running.close();
  }

  @Test
  void shouldTellLostBrowsersWhereTheConsoleIs() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      running.server.announceConsole("http://192.168.1.2:8080/");
      try (Wire plain = running.plain()) {
        assertThat(plain.send("GET / HTTP/1.1\r\n\r\n").receive(1)).isEqualTo("X");
      }
      try (Wire tls = Wire.plain(running.server.tlsPort())) {
        assertThat(tls.send("GET / HTTP/1.1\r\n\r\n").receive(1)).isEqualTo("X");
      }
      await().until(() -> running.transactions().size() == 2);
      assertThat(running.sentences())
          .allMatch(each -> each.contains("open http://192.168.1.2:8080/ in the browser"));
    }
  }
}
