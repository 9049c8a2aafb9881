package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Reply;
import io.wwep.protocol.Request;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.server.Timeouts;
import io.wwep.testkit.TestServer;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client and the real server, plain and over TLS. */
@Timeout(60)
class RealServerTest {

  private static WwepClientBuilder plain(TestServer server) {
    return WwepClient.builder("127.0.0.1")
        .port(server.plainPort())
        .replyTimeout(Duration.ofSeconds(10));
  }

  private static WwepClientBuilder secure(TestServer server) {
    return WwepClient.builder("127.0.0.1")
        .port(server.tlsPort())
        .tls(Trust.caFile(server.caFile()))
        .replyTimeout(Duration.ofSeconds(10));
  }

  static Stream<UnaryOperator<ServerConfig>> configurations() {
    return Stream.of(
        config -> config,
        config -> config.withOneShot(true),
        config -> config.withExplain(true),
        config -> config.withTimeouts(new Timeouts(150, 1, 300_000, 10_000, 30_000, 30_000)),
        config -> config.withTimeouts(new Timeouts(150, 250, 50, 10_000, 30_000, 30_000)));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void shouldWorkUnchangedWithEveryConfiguration(UnaryOperator<ServerConfig> configuration) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (TestServer server = TestServer.start(configuration);
        WwepClient plain = plain(server).build();
        WwepClient secure = secure(server).build()) {
      for (int i = 0; i < 60; i++) {
        WwepClient writer = random.nextBoolean() ? plain : secure;
        WwepClient reader = random.nextBoolean() ? plain : secure;
        int value = random.nextInt(0x10000);
        assertThat(writer.write(5, 6, value)).isEqualTo(value);
        assertThat(reader.read(5, 6)).hasValue(value);
      }
      assertThat(plain.dump(5)).containsOnlyKeys(6);
      assertThat(secure.dump(5)).containsOnlyKeys(6);
    }
  }

  @Test
  void shouldStoreEachOfThousandsOfPipelinedWrites() {
    try (TestServer server = TestServer.start();
        WwepClient client = secure(server).build()) {
      List<CompletableFuture<Integer>> writes =
          IntStream.range(0, 5_000)
              .mapToObj(i -> client.writeAsync(RegisterId.ofAddress(i), i))
              .toList();
      writes.forEach(CompletableFuture::join);
      assertThat(IntStream.range(0, 5_000)).allMatch(i -> server.store().read(i) == i);
      List<RegisterId> ids = IntStream.range(0, 5_000).mapToObj(RegisterId::ofAddress).toList();
      assertThat(client.readAll(ids))
          .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(OptionalInt::of).toList());
    }
  }

  @Test
  void shouldGiveTheReasonThatAServerExplains() {
    try (TestServer server =
            TestServer.start(config -> config.withExplain(true).withReadOnly(ReadOnly.ALL));
        WwepClient client = plain(server).build()) {
      assertThat(client.execute(new Request.Read(new RegisterId(1, 1))))
          .isEqualTo(new Outcome.Rejected("not-written"));
      assertThatExceptionOfType(WwepException.Rejected.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .matches(e -> e.explanation().equals("denied"))
          .withMessageContaining("(denied)");
      assertThat(client.read(1, 1)).isEmpty();
    }
  }

  @Test
  void shouldWorkAfterTheServerHasClosedALingeringConnection() {
    try (TestServer server = TestServer.start();
        WwepClient client = plain(server).build()) {
      client.write(1, 1, 1);
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(client.write(1, 1, 2)).isEqualTo(2);
      assertThat(client.write(1, 1, 3)).isEqualTo(3);
      assertThat(client.read(1, 1)).hasValue(3);
    }
  }

  @Test
  void shouldSayThatAPlainPortIsNoTlsPort() {
    try (TestServer server = TestServer.start();
        WwepClient client =
            WwepClient.builder("127.0.0.1")
                .port(server.plainPort())
                .tls(Trust.insecure())
                .build()) {
      assertThatExceptionOfType(WwepException.class)
          .isThrownBy(() -> client.write(1, 1, 1))
          .withMessageContaining("TLS port")
          .matches(e -> !e.mayHaveTakenEffect());
    }
  }

  @Test
  void shouldExchangeTheLecturesExamplesAsTheyAre() {
    try (TestServer server = TestServer.start();
        WwepClient plain = plain(server).build();
        WwepClient secure = secure(server).build()) {
      for (WwepClient client : Arrays.asList(plain, secure)) {
        assertThat(exchange(client, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
        assertThat(exchange(client, "R0FAC0B")).isEqualTo("A0FAC0B1234");
        assertThat(exchange(client, "R0BAC0B")).isEqualTo("X");
        assertThat(exchange(client, "W01234")).isEqualTo("X");
      }
      RawExchange two = plain.exchange("R0FAC0B\r\nR0BAC0B".getBytes(StandardCharsets.US_ASCII), 2);
      assertThat(two.replies())
          .containsExactly(
              new Reply.Accepted(new RegisterId(0x0FAC, 0x0B), 0x1234), new Reply.Rejected(""));
    }
  }

  private static String exchange(WwepClient client, String frame) {
    return client.exchange(frame.getBytes(StandardCharsets.US_ASCII)).receivedText();
  }

  @Test
  void shouldReachAServerByItsIpv6Address() throws Exception {
    Assumptions.assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.getAllByName("::1")[0]) != null,
        "IPv6 is not available");
    try (TestServer server = TestServer.start();
        WwepClient plain = WwepClient.builder("[::1]").port(server.plainPort()).build();
        WwepClient secure =
            WwepClient.builder("::1")
                .port(server.tlsPort())
                .tls(Trust.caFile(server.caFile()))
                .build()) {
      assertThat(plain.write(1, 1, 1)).isEqualTo(1);
      assertThat(secure.read(1, 1)).hasValue(1);
    }
  }

  @Test
  void shouldGoOnWithAServerThatWasRestartedOnTheSamePort() {
    WwepClient client;
    int port;
    try (TestServer server = TestServer.start()) {
      port = server.plainPort();
      client = plain(server).build();
      client.write(1, 1, 1);
      client.write(1, 1, 2);
    }
    try (client) {
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.read(1, 1))
          .withMessageContaining("nothing listens");
      try (TestServer again = TestServer.start(config -> config.withPorts(port, 0))) {
        assertThat(again.plainPort()).isEqualTo(port);
        assertThat(client.write(1, 1, 3)).isEqualTo(3);
        assertThat(client.read(1, 1)).hasValue(3);
      }
    }
  }
}
