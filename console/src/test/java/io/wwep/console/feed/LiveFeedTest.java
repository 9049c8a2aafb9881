package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.RunningConsole;
import io.wwep.testkit.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFeedTest {

  private final RunningConsole running = RunningConsole.open();
  private final TestServer server = running.server();

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void shouldTellEachTransactionWithinAMoment() throws Exception {
    try (Subscriber subscriber = Subscriber.to(running.port(), "")) {
      Talk.send(server.plainPort(), "W0FAC0B1234");

      JsonObject event = subscriber.awaitEvent(each -> each.getString("request").startsWith("W"));
      assertThat(event.getString("kind")).isEqualTo("transaction");
      assertThat(event.getString("door")).isEqualTo("plain");
      assertThat(event.getString("peer")).startsWith("127.0.0.1:");
      assertThat(event.getString("request")).isEqualTo("W0FAC0B1234");
      assertThat(event.getString("reply")).isEqualTo("A0FAC0B1234");
      assertThat(event.getString("device")).isEqualTo("0FAC");
      assertThat(event.getString("register")).isEqualTo("0B");
      assertThat(event.getString("time"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(event.containsKey("code")).isFalse();
    }
  }

  @Test
  void shouldSayWhichByteIsWrongAndWhy() throws Exception {
    try (Subscriber subscriber = Subscriber.to(running.port(), "?reply=X")) {
      Talk.send(server.plainPort(), "W0FAC0B1234\0");

      JsonObject event = subscriber.awaitEvent(each -> true);
      assertThat(event.getString("code")).isEqualTo("too-long");
      assertThat(event.getInteger("wrongByte")).isEqualTo(11);
      assertThat(event.getString("request")).isEqualTo("W0FAC0B1234\\x00");
      assertThat(event.getString("sentence")).contains("strlen()");
      assertThat(event.getString("device")).isEqualTo("0FAC");
    }
  }

  @Test
  void shouldGoOnWhereAReaderStoppedWithoutLosingOrRepeatingAny() throws Exception {
    String last;
    try (Subscriber first = Subscriber.to(running.port(), "")) {
      Talk.send(server.plainPort(), "W00010B0001");
      first.awaitEvent(each -> "0001".equals(each.getString("device")));
      last = first.messages().get(first.messages().size() - 1).id();
    }
    for (int i = 2; i <= 9; i++) {
      Talk.send(server.plainPort(), "W000%d0B0001".formatted(i));
    }
    try (Subscriber again =
        Subscriber.to(running.port(), "?kind=transaction&after=0", "Last-Event-ID: " + last)) {
      again.awaitEvent(each -> "0009".equals(each.getString("device")));
      assertThat(again.events())
          .extracting(each -> each.getString("device"))
          .containsExactly("0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009");
      assertThat(again.dropped()).isZero();
    }
  }

  @Test
  void shouldStartWithWhatComesFromNowOnForAnIdOfAnotherLife() throws Exception {
    Talk.send(server.plainPort(), "W00010B0001");
    try (Subscriber subscriber = Subscriber.to(running.port(), "?after=123456789")) {
      Talk.send(server.plainPort(), "W00020B0001");
      subscriber.awaitEvent(each -> "0002".equals(each.getString("device")));
      assertThat(subscriber.events()).noneMatch(each -> "0001".equals(each.getString("device")));
      assertThat(subscriber.dropped()).isZero();
    }
  }

  @Test
  void shouldTellEndsOfConnectionsOnlyToThoseWhoAsk() throws Exception {
    try (Subscriber all = Subscriber.to(running.port(), "?ends=true");
        Subscriber most = Subscriber.to(running.port(), "")) {
      Talk.send(server.plainPort(), "W0FAC0B1234");
      JsonObject end = all.awaitEvent(each -> each.getString("kind").equals("end"));
      assertThat(end.getLong("requests")).isEqualTo(1);
      assertThat(end.getBoolean("repliesTaken")).isTrue();
      Talk.send(server.plainPort(), "W0FAC0B4321");
      most.awaitEvent(each -> "W0FAC0B4321".equals(each.getString("request")));
      assertThat(most.events()).noneMatch(each -> each.getString("kind").equals("end"));
    }
  }

  @Test
  void shouldListEventsInPagesNewestFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      Talk.send(server.plainPort(), "W0FAC%02X0000".formatted(i));
      Talk.send(server.plainPort(), "hello");
    }
    String path = "/api/v1/transactions?device=0fac&limit=3&text=w0FAC";
    Subscriber.to(running.port(), "?after=0")
        .awaitEvent(each -> "W0FAC060000".equals(each.getString("request")));
    List<String> requests = new ArrayList<>();
    int pages = 0;
    for (String next = path; next != null; pages++) {
      JsonObject page = Talk.json(running.port(), next);
      JsonArray events = page.getJsonArray("events");
      assertThat(events.size()).isLessThanOrEqualTo(3);
      events.forEach(each -> requests.add(((JsonObject) each).getString("request")));
      next = page.getString("next");
    }
    assertThat(pages).isEqualTo(3);
    assertThat(requests)
        .containsExactly(
            "W0FAC060000",
            "W0FAC050000",
            "W0FAC040000",
            "W0FAC030000",
            "W0FAC020000",
            "W0FAC010000",
            "W0FAC000000");
  }

  @ParameterizedTest
  @CsvSource({
    "device=0FA, device",
    "device=, device",
    "'device=0FAC,', device",
    "door=PLAIN, door",
    "reply=B, reply",
    "code=tls, code",
    "kind=event, kind",
    "ends=yes, ends",
    "text=, text",
    "peer=a%20b, peer",
    "limit=0, limit",
    "limit=1001, limit",
    "before=-1, before",
    "after=9999999999999999999, after",
    "devices=0FAC, devices",
    "device=0FAC&device=0FAD, device",
  })
  void shouldNameTheMemberOfABadFilter(String query, String member) throws Exception {
    HttpResponse<String> response = Talk.get(running.port(), "/api/v1/transactions?" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .isEqualTo("application/problem+json");
    assertThat(new JsonObject(response.body()).getString("detail")).contains(member);
  }

  @Test
  void shouldTurnReadersAwayBeyondTheirNumber() throws Exception {
    List<Subscriber> subscribers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.READERS_MAX; i++) {
        subscribers.add(Subscriber.to(running.port(), ""));
      }
      HttpResponse<String> refused = Talk.get(running.port(), "/api/v1/transactions?door=tls");
      assertThat(refused.statusCode()).as("pages are still given").isEqualTo(200);
      String answer = Subscriber.firstWords(running.port());
      assertThat(answer).startsWith("HTTP/1.1 503").contains("retry-after: 1", "close other tabs");
    } finally {
      for (Subscriber each : subscribers) {
        each.close();
      }
    }
    await()
        .until(
            () -> Subscriber.firstWords(running.port()),
            answer -> answer.startsWith("HTTP/1.1 200"));
  }
}
