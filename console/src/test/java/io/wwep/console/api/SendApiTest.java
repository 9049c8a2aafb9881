package io.wwep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.wwep.console.ConsoleConfig;
import io.wwep.console.HttpExchange;
import io.wwep.console.RunningConsole;
import io.wwep.protocol.RegisterId;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.Door;
import io.wwep.server.access.Grant;
import io.wwep.server.access.Region;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SendApiTest {

  private static final int ADDRESS = new RegisterId(0x0FAC, 0x0B).address();

  /** Fewer than may be under way. */
  private static final int SENDERS = 8;

  private static RunningConsole open(UnaryOperator<ServerConfig> change) {
    return RunningConsole.open(new ConsoleConfig("127.0.0.1", 0), change, new MemoryStore(), null);
  }

  private static HttpExchange send(RunningConsole console, String message) {
    JsonObject body = new JsonObject().put("message", message).put("door", "plain");
    return console.json("POST", "/api/v1/send", body);
  }

  private static Grant grant(int line, Door door, List<Region> write) {
    return new Grant(line, List.of(), List.of(), door, List.of(Region.parse("*")), write);
  }

  @Test
  void shouldSendNothingThatTheVisitorMayNotDoThroughTheConsole() {
    try (RunningConsole console = open(UnaryOperator.identity())) {
      List<Grant> grants =
          List.of(
              grant(1, Door.PLAIN, List.of(Region.parse("*"))),
              grant(2, Door.CONSOLE, List.of(Region.parse("*:0C"))));
      console.server().server().obey(Access.granting(new AccessPolicy("p.toml", grants), false));

      HttpExchange denied = send(console, "W0FAC0C0001\\nW0FAC0B1234");

      assertThat(denied.status()).isEqualTo(403);
      assertThat(denied.json().getString("code")).isEqualTo("denied");
      assertThat(denied.json().getString("detail")).contains("p.toml", "write register 0B");
      assertThat(console.server().store().read(ADDRESS)).isEqualTo(Store.ABSENT);
      assertThat(console.server().store().read(ADDRESS + 1)).isEqualTo(Store.ABSENT);
      assertThat(send(console, "W0FAC0C0001\\nR0FAC0B").json().getString("reply"))
          .isEqualTo("A0FAC0C0001X");
    }
  }

  @Test
  void shouldSendNoWriteWhereReadsAloneAreTaken() {
    try (RunningConsole console = open(config -> config.withReadOnly(ReadOnly.ALL))) {
      HttpExchange denied = send(console, "W0FAC0B1234");

      assertThat(denied.status()).isEqualTo(403);
      assertThat(denied.json().getString("detail")).contains("takes reads only", "--read-only");
      assertThat(send(console, "R0FAC0B").json().getString("code")).isEqualTo("not-written");
    }
  }

  private static JsonObject sendByTls(RunningConsole console, String trust) {
    JsonObject body =
        new JsonObject().put("message", "W0FAC0B1234").put("door", "tls").put("trust", trust);
    return console.json("POST", "/api/v1/send", body).json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "anybody"})
  void shouldSendOverTlsAsABoardThatTakesTheServersCertificate(String trust) {
    try (RunningConsole console = open(UnaryOperator.identity())) {
      JsonObject answer = sendByTls(console, trust);

      assertThat(answer.getString("reply")).isEqualTo("A0FAC0B1234");
      assertThat(answer.getString("tls")).isEqualTo("TLSv1.3");
      assertThat(console.server().store().read(ADDRESS)).isEqualTo(0x1234);
    }
  }

  @Test
  void shouldHangUpAsABoardThatTrustsAnotherServerAndGiveTheServersDiagnosis() {
    try (RunningConsole console = open(UnaryOperator.identity())) {
      JsonObject answer = sendByTls(console, "another");

      assertThat(answer.getString("reply")).isEmpty();
      assertThat(answer.getDouble("millis")).isNull();
      assertThat(answer.getString("tls")).isNull();
      assertThat(answer.getString("code")).isEqualTo("tls-failed");
      assertThat(answer.getString("sentence")).contains("alert 46", "load it as the board's root");
      assertThat(console.server().store().read(ADDRESS)).isEqualTo(Store.ABSENT);
    }
  }

  /** The server waits 150 ms for the rest of the frame, and this board waits for less. */
  @Test
  void shouldWaitNoLongerForAReplyThanItIsTold() {
    try (RunningConsole console = open(UnaryOperator.identity())) {
      JsonObject body = new JsonObject().put("message", "W0FAC").put("door", "plain");

      JsonObject hasty = console.json("POST", "/api/v1/send", body.put("replyMillis", 20)).json();
      JsonObject patient =
          console.json("POST", "/api/v1/send", body.put("replyMillis", 3_000)).json();

      assertThat(hasty.getString("reply")).isEmpty();
      assertThat(hasty.getDouble("millis")).isNull();
      assertThat(patient.getString("reply")).isEqualTo("X");
      assertThat(console.json("POST", "/api/v1/send", body.put("replyMillis", 3_001)).status())
          .isEqualTo(400);
    }
  }

  /** Several at a time, so that a slow machine sends too many as well. */
  @Test
  void shouldSendOnlySoManyMessagesASecondForOneBrowser() {
    try (RunningConsole console = open(UnaryOperator.identity())) {
      ExecutorService hasty = Executors.newFixedThreadPool(SENDERS);
      List<CompletableFuture<HttpExchange>> answers =
          IntStream.range(0, 10 * SendRate.BROWSER_PER_SECOND_MAX)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> send(console, "W0FAC0B1234"), hasty))
              .toList();
      hasty.shutdown();

      List<HttpExchange> all = answers.stream().map(CompletableFuture::join).toList();
      assertThat(all).extracting(HttpExchange::status).containsOnly(200, 429);
      assertThat(all.stream().filter(each -> each.status() == 429))
          .allSatisfy(
              each ->
                  assertThat(each.json().getString("detail"))
                      .contains("20 messages a second", "in a moment"));
    }
  }

  /** What the bytes alone do not tell comes from the server, which has to be asked for the peer. */
  @Test
  void shouldExplainAnXOverIpv6() {
    Assumptions.assumeTrue(hasIpv6(), "this machine has no IPv6");
    try (RunningConsole console = open(SendApiTest::overIpv6)) {
      JsonObject answer = send(console, "R0FAC0B").json();

      assertThat(answer.getString("reply")).isEqualTo("X");
      assertThat(answer.getString("code")).isEqualTo("not-written");
    }
  }

  private static ServerConfig overIpv6(ServerConfig config) {
    return new ServerConfig(
        "::1",
        0,
        0,
        config.timeouts(),
        config.oneShot(),
        config.explain(),
        config.readOnly(),
        config.tlsProfile(),
        config.limits(),
        config.transport(),
        config.eventLoops());
  }

  private static boolean hasIpv6() {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
      return any.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
