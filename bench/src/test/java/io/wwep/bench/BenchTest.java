package io.wwep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.wwep.client.Trust;
import io.wwep.server.ServerEvent;
import io.wwep.server.Timeouts;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BenchTest {

  private static final int REGISTERS = 20 * 16;

  private static Target plain(TestServer server) {
    return Target.of("127.0.0.1", server.plainPort(), null, false);
  }

  private static Target secure(TestServer server) {
    return Target.of("127.0.0.1", server.tlsPort(), Trust.insecure(), false);
  }

  private static Result run(Target target, Loads loads) {
    return new Bench(target, loads.load()).run(second -> {});
  }

  private static void assertGood(Result result) {
    assertThat(result.requests()).isGreaterThan(20);
    assertThat(result.faults()).isEmpty();
    assertThat(result.latencies().atPercentile(50)).isBetween(1_000L, 1_000_000_000L);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      BenchException.Kind kind, ThrowingCallable code) {
    return assertThatThrownBy(code)
        .isInstanceOfSatisfying(BenchException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** Does something in the middle of the first writes, on a thread of its own. */
  private static Thread whileFilling(TestServer server, Runnable code) {
    Thread thread =
        new Thread(
            () -> {
              await().until(() -> server.store().registerCount() > 40);
              code.run();
            });
    thread.start();
    return thread;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void shouldReadAndWriteInAClosedLoop(int pipeline) {
    try (TestServer server = TestServer.start()) {
      Result result = run(plain(server), new Loads().pipeline(pipeline).writes(50));
      assertGood(result);
      assertThat(result.rejected()).isZero();
      assertThat((double) result.writes() / result.requests()).isBetween(0.35, 0.65);
      assertThat(server.store().registerCount()).isEqualTo(REGISTERS);
    }
  }

  @Test
  void shouldWriteNothingUnlessAskedTo() {
    try (TestServer server = TestServer.start()) {
      Result result = run(plain(server), new Loads());
      assertGood(result);
      assertThat(result.writes()).isZero();
      assertThat(result.rejected()).isEqualTo(result.requests());
      assertThat(server.store().registerCount()).isZero();
    }
  }

  @Test
  void shouldUnderstandAServerThatExplains() {
    try (TestServer server = TestServer.start(config -> config.withExplain(true))) {
      assertGood(run(plain(server), new Loads().pipeline(16)));
    }
  }

  @Test
  void shouldSpreadOverThreads() {
    try (TestServer server = TestServer.start()) {
      Result result = run(plain(server), new Loads().threads(3).connections(4).writes(100));
      assertGood(result);
      assertThat(server.store().registerCount()).isEqualTo(REGISTERS);
    }
  }

  @Test
  void shouldHoldIdleConnections() {
    try (TestServer server = TestServer.start()) {
      List<Integer> open = new ArrayList<>();
      new Bench(plain(server), new Loads().idle(300).load())
          .run(second -> open.add(server.server().connectionCount()));
      assertThat(open).isNotEmpty().allMatch(count -> count >= 304);
    }
  }

  @Test
  void shouldKeepToItsRate() {
    try (TestServer server = TestServer.start()) {
      Result result =
          run(plain(server), new Loads().rate(2000).duration(Duration.ofSeconds(2)).pipeline(64));
      assertGood(result);
      assertThat(result.requests()).isBetween(3600L, 4400L);
    }
  }

  @Test
  void shouldStayConnectedWhenRequestsAreRare() {
    try (TestServer server = TestServer.start()) {
      Loads loads = new Loads().connections(10).rate(20).duration(Duration.ofSeconds(2));
      Result result = run(plain(server), loads);
      assertThat(result.faults()).isEmpty();
      assertThat(result.requests()).isBetween(30L, 45L);
    }
  }

  /** Requests over 100 ms, when the server stands still for 400 ms once. */
  private static long slowRequests(Loads loads) {
    try (TestServer server =
        TestServer.start(UnaryOperator.identity(), new StallingStore(100, 400))) {
      Result result = run(plain(server), loads.duration(Duration.ofSeconds(2)));
      return result.latencies().countFrom(100_000_000L);
    }
  }

  @Test
  void shouldShowEachRequestThatAStallDelays() {
    // Within 300 ms of the stall 1000 a second are due.
    assertThat(slowRequests(new Loads().rate(1000))).isGreaterThan(200);
  }

  @Test
  void shouldNotSeeThemInAClosedLoop() {
    // One for each connection, and a few more where the machine is slow.
    assertThat(slowRequests(new Loads())).isBetween(1L, 40L);
  }

  @Test
  void shouldTellWhatWasDueAndCouldNotBeSent() {
    try (TestServer server =
        TestServer.start(UnaryOperator.identity(), new StallingStore(50, 1000))) {
      Result result = run(plain(server), new Loads().rate(1000).duration(Duration.ofMillis(600)));
      assertThat(result.unsent()).isGreaterThan(100);
    }
  }

  @Test
  void shouldMakeAConnectionForEachRequest() {
    try (TestServer server = TestServer.start(config -> config.withOneShot(true))) {
      Result result = run(plain(server), new Loads().oneShot(false).writes(50));
      assertGood(result);
      assertThat(server.store().registerCount()).isEqualTo(REGISTERS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldShakeHandsForEachRequest(boolean resume) {
    try (TestServer server = TestServer.start()) {
      Loads loads = new Loads().oneShot(resume).duration(Duration.ofSeconds(3));
      assertGood(run(secure(server), loads));
    }
  }

  @Test
  void shouldSpeakTls() {
    try (TestServer server = TestServer.start()) {
      Loads loads = new Loads().pipeline(8).writes(20).duration(Duration.ofSeconds(1));
      assertGood(run(secure(server), loads));
    }
  }

  @Test
  void shouldRefuseATlsServerThatIsNotTrusted() {
    try (TestServer server = TestServer.start()) {
      Target target = Target.of("localhost", server.tlsPort(), Trust.system(), false);
      assertRefused(BenchException.Kind.NOT_TRUSTED, () -> run(target, new Loads()))
          .hasMessageContaining("is not trusted");
    }
  }

  @Test
  void shouldTrustTheCaThatIsNamed() {
    try (TestServer server = TestServer.start()) {
      Target target =
          Target.of("localhost", server.tlsPort(), Trust.caFile(server.caFile()), false);
      assertGood(run(target, new Loads().duration(Duration.ofSeconds(1))));
    }
  }

  @Test
  void shouldSayThatNobodyListens() {
    int port;
    try (TestServer server = TestServer.start()) {
      port = server.plainPort();
    }
    Target target = Target.of("127.0.0.1", port, null, false);
    assertThatThrownBy(() -> run(target, new Loads()))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("nothing listens");
  }

  @Test
  void shouldLoadNobodyElseUnlessAllowedTo() {
    assertRefused(BenchException.Kind.REFUSED, () -> Target.of("192.0.2.1", 27708, null, false))
        .hasMessageContaining("--allow-remote");
    assertThat(Target.of("192.0.2.1", 27708, null, true).address().getPort()).isEqualTo(27708);
  }

  @Test
  void shouldCountConnectionsThatTheServerCloses() throws Exception {
    try (MisbehavingServer server =
        MisbehavingServer.start(new Misbehavior.DropsAtRequest(20, false))) {
      Target target = Target.of("127.0.0.1", server.port(), null, false);
      Result result = run(target, new Loads());
      assertThat(result.faults().get(Fault.CLOSED)).isPositive();
    }
  }

  @Test
  void shouldEndEarlyWhenStopped() {
    try (TestServer server = TestServer.start()) {
      Bench bench = new Bench(plain(server), new Loads().duration(Duration.ofHours(1)).load());
      long start = System.nanoTime();
      Result result = bench.run(second -> bench.stop());
      assertThat(result.requests()).isPositive();
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }
  }

  @Test
  void shouldNotCountTheWarmUp() {
    try (TestServer server = TestServer.start()) {
      List<Second> seconds = new ArrayList<>();
      Result result =
          new Bench(plain(server), new Loads().warmup(Duration.ofMillis(700)).load())
              .run(seconds::add);
      assertThat(seconds).hasSize(2);
      assertThat(seconds.get(0).warmUp()).isTrue();
      assertThat(result.seconds()).containsExactly(seconds.get(1));
    }
  }

  @Test
  void shouldEndWhenStoppedWhileItWritesWhatIsToBeRead() throws Exception {
    try (TestServer server =
        TestServer.start(UnaryOperator.identity(), new StallingStore(50, 3000))) {
      Bench bench = new Bench(plain(server), new Loads().writes(10).load());
      Thread stopper = whileFilling(server, bench::stop);
      long start = System.nanoTime();
      assertRefused(BenchException.Kind.STOPPED, () -> bench.run(second -> {}));
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
      stopper.join();
    }
  }

  @Test
  void shouldSayThatThisProcessMayOpenTooFewFiles() {
    Load load = new Loads().connections(100).idle(200).load();
    Bench.requireDescriptors(load, 364);
    assertRefused(BenchException.Kind.REFUSED, () -> Bench.requireDescriptors(load, 363))
        .hasMessageContainingAll("364", "363", "ulimit -n");
  }

  @Test
  void shouldCountIdleConnectionsThatTheServerTurnsAway() {
    try (TestServer server = TestServer.start(config -> config.withConnectionsMax(40))) {
      Loads loads = new Loads().connections(4).idle(50).warmup(Duration.ofMillis(300));
      Result result = run(plain(server), loads);
      assertThat(result.faults().get(Fault.CLOSED)).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void shouldCountIdleConnectionsThatTheServerClosesLater() {
    Timeouts timeouts = new Timeouts(150, 250, 300, 10_000, 30_000, 30_000);
    try (TestServer server = TestServer.start(config -> config.withTimeouts(timeouts))) {
      Result result = run(plain(server), new Loads().idle(30).duration(Duration.ofMillis(1500)));
      assertThat(result.faults()).containsExactly(Map.entry(Fault.CLOSED, 30L));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 300", "16, 300", "16, 5000"})
  void shouldSpreadDueRequestsOverAllConnections(int pipeline, int rate) {
    try (TestServer server = TestServer.start()) {
      Loads loads = new Loads().connections(10).pipeline(pipeline).rate(rate);
      run(plain(server), loads.duration(Duration.ofSeconds(1)));
      Map<Object, Long> requests =
          server.events().stream()
              .filter(ServerEvent.Transaction.class::isInstance)
              .map(ServerEvent.Transaction.class::cast)
              .collect(Collectors.groupingBy(event -> event.peer(), Collectors.counting()));
      assertThat(requests.values()).filteredOn(count -> count > 20).hasSize(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"A00000B12AF, true", "A00000b12AF, false", "A00000B12aF, false", "AG, false"})
  void shouldTakeRepliesInUpperCaseOnly(String reply, boolean isReply) {
    List<Integer> values = new ArrayList<>();
    Replies.Sink sink =
        new Replies.Sink() {
          @Override
          public void accepted(int address, int value) {
            values.add(value);
          }

          @Override
          public void rejected() {
            values.add(-1);
          }
        };
    boolean taken =
        new Replies(sink).parse(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII));
    assertThat(taken).isEqualTo(isReply);
    assertThat(values).isEqualTo(isReply ? List.of(0x12AF) : List.of());
  }

  @Test
  void shouldLeaveNoPartToThreadsWithoutAConnection() {
    try (TestServer server = TestServer.start()) {
      assertGood(run(plain(server), new Loads().connections(1).threads(2).writes(10)));
    }
  }

  @Test
  void shouldEndWhenTheServerDiesWhileItIsFilled() throws Exception {
    TestServer server = TestServer.start(UnaryOperator.identity(), new StallingStore(50, 300));
    Thread killer = whileFilling(server, server::close);
    Result result = run(plain(server), new Loads().oneShot(false).writes(10));
    killer.join();
    assertThat(result.faultCount()).isPositive();
  }

  @Test
  void shouldKnowWhatThisMachineLacks() {
    assertThat(Opening.reason(new ConnectException("connect(..) failed with error(-99): x")))
        .isEqualTo(Fault.LOCAL);
    Exception wrapped = new SocketException("x");
    wrapped.initCause(new BindException("Cannot assign requested address"));
    assertThat(Opening.reason(wrapped)).isEqualTo(Fault.LOCAL);
    assertThat(Opening.reason(new ChannelException("no socket"))).isEqualTo(Fault.LOCAL);
    assertThat(Opening.reason(new ConnectException("connect(..) failed with error(-111): x")))
        .isEqualTo(Fault.CONNECT);
  }
}
