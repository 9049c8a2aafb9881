package io.wwep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.DocumentedConsole;
import io.wwep.console.HttpExchange;
import io.wwep.console.RunningConsole;
import io.wwep.protocol.RegisterId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every response is held against the OpenAPI document too. */
class RestApiTest {

  private static final String DEVICE = "/api/v1/devices/0FAC";
  private static final String REGISTER = DEVICE + "/registers/0B";

  @TempDir private Path directory;
  private RunningConsole console;
  private DocumentedConsole api;

  @BeforeEach
  void start() {
    console = RunningConsole.withHistoryIn(directory);
    api = new DocumentedConsole(console);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private HttpExchange put(int value, String... headers) {
    return api.json("PUT", REGISTER, new JsonObject().put("value", value), headers);
  }

  private int stored() {
    return console.server().store().read(new RegisterId(0x0FAC, 0x0B).address());
  }

  @Test
  void shouldWriteARegisterAndReadItBack() {
    HttpExchange first = put(0x1234);
    HttpExchange second = put(0x1235);
    HttpExchange read = api.get("/api/v1/devices/0fac/registers/0b");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(read.header("ETag")).contains("\"1235\"");
    assertThat(read.json())
        .isEqualTo(
            new JsonObject()
                .put("device", "0FAC")
                .put("register", "0B")
                .put("value", 0x1235)
                .put("hex", "1235"));
    assertThat(stored()).isEqualTo(0x1235);
  }

  @Test
  void shouldSayThatNobodyHasWrittenARegister() {
    HttpExchange read = api.get(REGISTER);

    assertThat(read.status()).isEqualTo(404);
    assertThat(read.header("Content-Type")).contains("application/problem+json");
    assertThat(read.json().getString("code")).isEqualTo("not-written");
    assertThat(read.detail()).contains("write it first");
  }

  @Test
  void shouldWriteOnlyWhatIsAsExpected() {
    assertThat(put(1, "If-Match: \"0000\"").status()).isEqualTo(412);
    assertThat(put(1, "If-Match: *").status()).isEqualTo(412);
    assertThat(put(1, "If-None-Match: *").status()).isEqualTo(201);
    assertThat(put(2, "If-None-Match: *").status()).isEqualTo(412);
    assertThat(put(2, "If-Match: \"0002\"").json().getInteger("current")).isEqualTo(1);
    assertThat(put(2, "If-Match: W/\"0001\"").status()).isEqualTo(412);
    assertThat(put(2, "If-Match: \"0001\"").status()).isEqualTo(200);
    assertThat(put(3, "If-Match: *").status()).isEqualTo(200);
    assertThat(put(4, "If-Match: \"0003\"", "If-None-Match: *").status()).isEqualTo(400);
    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void shouldSayThatAReaderHasTheValueAlready() {
    put(1);

    assertThat(api.get(REGISTER, "If-None-Match: \"0001\"").status()).isEqualTo(304);
    assertThat(api.get(REGISTER, "If-None-Match: \"0002\"").status()).isEqualTo(200);
  }

  @Test
  void shouldWriteSeveralRegistersOrNone() {
    put(17);
    JsonObject registers = new JsonObject().put("0B", 4660).put("0c", 1);
    JsonObject wrong = new JsonObject().put("0B", 17).put("0C", 5);
    JsonObject right = new JsonObject().put("0B", 17).put("0C", null);

    HttpExchange refused =
        api.json(
            "PATCH", DEVICE, new JsonObject().put("registers", registers).put("expected", wrong));
    int between = stored();
    HttpExchange taken =
        api.json(
            "PATCH", DEVICE, new JsonObject().put("registers", registers).put("expected", right));

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.json().getString("register")).isEqualTo("0C");
    assertThat(between).isEqualTo(17);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.list("registers").size()).isEqualTo(2);
    assertThat(stored()).isEqualTo(4660);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"value":65536}                    | value must be a whole number
          {"value":-1}                       | value must be a whole number
          {"value":1.0}                      | value must be a whole number
          {"value":1e400}                    | value must be a whole number
          {"value":"1"}                      | value must be a whole number
          {"value":null}                     | value must be a whole number
          {"value":true}                     | value must be a whole number
          {"value":99999999999999999999999}  | value must be a whole number
          {"value":1,"more":2}               | no member 'more'
          {}                                 | lacks the member value
          {"value":1                         | no JSON object
          {"value":1} x                      | no JSON object
          [1]                                | no JSON object
          1                                  | no JSON object
          null                               | empty
          """)
  void shouldNameWhatIsWrongWithABody(String body, String words) {
    HttpExchange response = api.send("PUT", REGISTER, body, "Content-Type: application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).contains(words);
    assertThat(stored()).isEqualTo(-1);
  }

  @Test
  void shouldRefuseJsonThatIsNestedForEver() {
    for (String open : new String[] {"[", "{\"value\":"}) {
      String body = open.repeat(60_000 / open.length());
      HttpExchange response = api.send("PUT", REGISTER, body, "Content-Type: application/json");
      assertThat(response.status()).isEqualTo(400);
    }
    String number = "{\"value\":" + "1".repeat(60_000) + "}";
    assertThat(api.send("PUT", REGISTER, number, "Content-Type: application/json").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "x"})
  void shouldTakeJsonAlone(String type) {
    HttpExchange response = api.send("PUT", REGISTER, "{\"value\":1}", "Content-Type: " + type);

    assertThat(response.status()).isEqualTo(415);
    assertThat(stored()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/devices?limit=0                       | limit must be
          /api/v1/devices?limit=x                       | limit must be
          /api/v1/devices?limit=99999999999999999999999 | limit must be
          /api/v1/devices?after=xyz                     | after must be 4 hex digits
          /api/v1/devices?limit=1&limit=2               | given twice
          /api/v1/devices?more=1                        | no parameter 'more'
          /api/v1/devices/0FACX                         | device must be 4 hex digits
          /api/v1/devices/0FAC/registers/1              | register must be 2 hex digits
          /api/v1/devices/0FAC/history?since=yesterday  | since must be a moment
          /api/v1/series                                | registers is missing
          /api/v1/series?registers=0FAC0B,0fac0b&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z | twice
          /api/v1/series?registers=0FAC0B&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z        | later
          /api/v1/state?number=1&at=2026-01-01T00:00:00Z | two moments
          /api/v1/changes                               | from is missing
          """)
  void shouldNameTheParameterThatIsWrong(String path, String words) {
    HttpExchange response = api.get(path);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).contains(words);
  }

  @Test
  void shouldRefuseOtherMethodsPathsAndMediaTypes() {
    HttpExchange method = console.send("POST", "/api/v1/devices", null);

    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).contains("GET, HEAD");
    assertThat(console.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(console.get("/api/v1/devices", "Accept: text/html").status()).isEqualTo(406);
    assertThat(console.get("/api/v1/devices", "Accept: text/html;q=0.9, */*;q=0.1").status())
        .isEqualTo(200);
  }

  @Test
  void shouldListDevicesInPages() {
    for (int device = 1; device <= 3; device++) {
      console.put("%04X05".formatted(device), device);
    }

    HttpExchange first = api.get("/api/v1/devices?limit=2");
    HttpExchange second = api.get(first.json().getString("next"));

    assertThat(first.list("devices").size()).isEqualTo(2);
    assertThat(first.json().getInteger("total")).isEqualTo(3);
    assertThat(second.list("devices"))
        .isEqualTo(JsonArray.of(new JsonObject().put("device", "0003").put("registers", 1)));
    assertThat(second.json().getString("next")).isNull();
  }

  @Test
  void shouldTellWhoWroteWhatWhen() {
    for (int value = 1; value <= 3; value++) {
      put(value);
    }

    HttpExchange page = api.get(REGISTER + "/history?limit=2");
    HttpExchange rest = api.get(page.json().getString("next"));
    HttpExchange csv = api.get(DEVICE + "/history?limit=2", "Accept: text/csv");

    JsonObject newest = page.list("writes").getJsonObject(0);
    assertThat(newest.getInteger("value")).isEqualTo(3);
    assertThat(newest.getString("peer")).isEqualTo("127.0.0.1");
    assertThat(newest.getString("door")).isEqualTo("console");
    assertThat(rest.list("writes").getJsonObject(0).getInteger("number")).isEqualTo(1);
    assertThat(rest.json().getString("next")).isNull();
    assertThat(csv.text()).startsWith("number,time,device").hasLineCount(3);
    assertThat(csv.header("Link").orElseThrow()).contains("rel=\"next\"", "before=2");
  }

  @Test
  void shouldBoundTheHistoryByTime() {
    put(1);
    String time = api.get(REGISTER + "/history").list("writes").getJsonObject(0).getString("time");

    assertThat(api.get(REGISTER + "/history?since=" + time).list("writes").size()).isEqualTo(1);
    assertThat(api.get(REGISTER + "/history?until=" + time).list("writes").size()).isEqualTo(1);
    assertThat(api.get(REGISTER + "/history?until=2020-01-01T00:00:00Z").list("writes").isEmpty())
        .isTrue();
    assertThat(api.get(REGISTER + "/history?since=2100-01-01T00:00:00Z").list("writes").isEmpty())
        .isTrue();
  }

  @Test
  void shouldTellWhatRegistersWereAndWhatBecameOfThem() {
    put(1);
    put(2);
    console.put("0FAC0C", 7);

    HttpExchange then = api.get("/api/v1/state?number=1");
    HttpExchange now = api.get("/api/v1/state?limit=1");
    HttpExchange more = api.get(now.json().getString("next"));
    HttpExchange changes = api.get("/api/v1/changes?fromNumber=1");

    assertThat(then.list("registers").size()).isEqualTo(1);
    assertThat(then.list("registers").getJsonObject(0).getInteger("value")).isEqualTo(1);
    assertThat(now.list("registers").getJsonObject(0).getInteger("value")).isEqualTo(2);
    assertThat(more.list("registers").getJsonObject(0).getString("register")).isEqualTo("0C");
    assertThat(changes.list("changes").size()).isEqualTo(2);
    assertThat(changes.list("changes").getJsonObject(0).getInteger("before")).isEqualTo(1);
    assertThat(changes.list("changes").getJsonObject(0).getInteger("after")).isEqualTo(2);
    assertThat(changes.list("changes").getJsonObject(1).getInteger("before")).isNull();
  }

  @Test
  void shouldSendThroughTheRealPortAndExplainAnX() {
    JsonObject message = new JsonObject().put("message", "W0FAC0B1234\\x00").put("door", "plain");

    JsonObject answer = api.json("POST", "/api/v1/send", message).json();

    assertThat(answer.getString("reply")).isEqualTo("X");
    assertThat(answer.getInteger("bytes")).isEqualTo(12);
    assertThat(answer.getString("code")).isEqualTo("too-long");
    assertThat(answer.getInteger("wrongByte")).isEqualTo(11);
    assertThat(answer.getString("sentence")).contains("strlen()");
  }

  @Test
  void shouldSendOverTlsAndTellOfWhatTheBytesAloneDoNot() {
    JsonObject write = new JsonObject().put("message", "W0FAC0B1234").put("door", "tls");
    JsonObject read = new JsonObject().put("message", "R0FACFF").put("door", "tls");

    assertThat(api.json("POST", "/api/v1/send", write).json().getString("reply"))
        .isEqualTo("A0FAC0B1234");
    assertThat(api.json("POST", "/api/v1/send", read).json().getString("code"))
        .isEqualTo("not-written");
    assertThat(stored()).isEqualTo(0x1234);
  }

  @Test
  void shouldFindTheWrongByteOfALaterFrame() {
    JsonObject message =
        new JsonObject().put("message", "W0FAC0B1234\\nW0FAC0Cxyz\\nR0FAC0B").put("door", "plain");

    JsonObject answer = api.json("POST", "/api/v1/send", message).json();

    assertThat(answer.getString("reply")).isEqualTo("A0FAC0B1234XA0FAC0B1234");
    assertThat(answer.getInteger("wrongByte")).isEqualTo(19);
  }

  @Test
  void shouldGiveTheCertificatesThatTlsShows() throws Exception {
    byte[] expected = console.server().identity().ec().certificate().getEncoded();
    String path = "/api/v1/server/certificates/ec?as=";

    assertThat(api.get(path + "der").bytes()).isEqualTo(expected);
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(api.get(path + "pem").bytes()))
                .getEncoded())
        .isEqualTo(expected);
    assertThat(api.get(path + "c").text())
        .contains("BEGIN CERTIFICATE", "[]")
        .doesNotContain("PRIVATE");
    assertThat(api.get(path + "exe").status()).isEqualTo(400);
  }

  @Test
  void shouldTellOfTheServer() {
    put(1);

    JsonObject server = api.get("/api/v1/server").json();

    assertThat(server.getString("version")).isEqualTo("1.2.3");
    assertThat(server.getJsonObject("ports").getInteger("plain"))
        .isEqualTo(console.server().plainPort());
    assertThat(server.getJsonObject("counters").getInteger("writes")).isEqualTo(1);
    assertThat(server.getJsonObject("commit").getInteger("count")).isEqualTo(1);
    assertThat(server.getJsonArray("certificates").size()).isEqualTo(2);
  }

  /** A route that nobody tries, or that the document forgets, fails here. */
  @Test
  void shouldHaveEveryRouteInTheDocumentAndEveryReplyAsItSays() {
    put(1);
    api.get("/api/v1/session");
    api.json("POST", "/api/v1/session", new JsonObject().put("password", "whatever"));
    api.send("DELETE", "/api/v1/session", null);
    api.get("/api/v1/devices");
    api.get(DEVICE);
    api.get(REGISTER);
    api.json("PATCH", DEVICE, new JsonObject().put("registers", new JsonObject().put("05", 1)));
    api.get("/api/v1/history");
    api.get(DEVICE + "/history");
    api.get(REGISTER + "/history");
    api.get("/api/v1/series?registers=0FAC0B&from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z");
    api.get("/api/v1/state");
    api.get("/api/v1/changes?fromNumber=0");
    api.get("/api/v1/server");
    api.get("/api/v1/server/certificates/rsa");
    api.json("POST", "/api/v1/send", new JsonObject().put("message", "x").put("door", "plain"));
    api.get("/api/v1/openapi.json");
    api.get("/api/v1/transactions");
    api.get("/api/v1/boards");
    api.get("/metrics");
    tryTheClass();

    Set<String> documented = new TreeSet<>();
    JsonObject paths = api.document().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      paths
          .getJsonObject(path)
          .fieldNames()
          .forEach(
              method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
    }
    assertThat(api.answered()).isEqualTo(documented);
  }

  private void tryTheClass() {
    String device = "/api/v1/class/devices/0312";
    JsonObject result =
        new JsonObject().put("exercise", "04").put("passed", true).put("sentence", "all passed");
    api.get("/api/v1/class");
    api.json("PUT", device + "/name", new JsonObject().put("name", "Table 3"));
    api.get(device);
    api.json("POST", device + "/results", result);
    api.json("POST", device + "/probe", new JsonObject().put("address", "192.0.2.7"));
    api.send("DELETE", device + "/probe", null);
    api.send("DELETE", device + "/name", null);
    api.send("POST", device + "/reset", null);
    api.send("POST", "/api/v1/class/reset", null);
  }

  @Test
  void shouldSayThatThereIsNoHistory() {
    try (RunningConsole memory = RunningConsole.open()) {
      assertThat(memory.get("/api/v1/history").json().getBoolean("kept")).isFalse();
      HttpExchange state = memory.get("/api/v1/state");
      assertThat(state.status()).isEqualTo(404);
      assertThat(state.json().getString("type")).isEqualTo("urn:wwep:problem:no-history");
    }
  }
}
