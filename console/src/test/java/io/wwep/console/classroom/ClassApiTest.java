package io.wwep.console.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wwep.console.DocumentedConsole;
import io.wwep.console.HttpExchange;
import io.wwep.console.RunningConsole;
import io.wwep.console.feed.Talk;
import io.wwep.console.http.SecretFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class over HTTP, with boards over real sockets; each reply is as the document says. */
class ClassApiTest {

  private static final String DEVICE = "/api/v1/class/devices/0312";
  private static final String OTHER_DEVICE = "/api/v1/class/devices/04F1";

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

  private void sends(String from, String message) throws IOException {
    Talk.send(from, console.server().plainPort(), message);
  }

  private TlsBoard tlsBoard() {
    return new TlsBoard(console.server());
  }

  private JsonObject device() {
    return api.get(DEVICE).json();
  }

  private static String state(JsonObject device, int exercise) {
    return device.getJsonArray("exercises").getJsonObject(exercise - 1).getString("state");
  }

  private void awaitState(int exercise, String state) {
    await()
        .until(
            () -> {
              HttpExchange answer = api.get(DEVICE);
              return answer.status() == 200 && state(answer.json(), exercise).equals(state);
            });
  }

  private HttpExchange post(String path, JsonObject body) {
    return api.json("POST", DEVICE + path, body);
  }

  @Test
  void shouldFollowABoardThatDoesTheExercises() throws Exception {
    assertThat(api.get(DEVICE).status()).isEqualTo(404);
    sends("127.0.0.1", "W0312050001");
    awaitState(1, "goingOn");
    sends("127.0.0.1", "W0312050000");
    sends("127.0.0.1", "W0312050001");
    awaitState(1, "done");
    awaitState(2, "goingOn");
    sends("127.0.0.1", "W0312");
    awaitState(2, "done");
    assertThat(device().getJsonObject("diagnosis").getString("code")).isEqualTo("incomplete");
    assertThat(tlsBoard().verifying("W0312050000")).isEqualTo("A0312050000");
    awaitState(3, "done");
    awaitState(6, "done");

    JsonObject all = api.get("/api/v1/class").json();
    assertThat(all.getValue("trouble")).isNull();
    assertThat(all.getJsonArray("devices")).hasSize(1);
    assertThat(all.getJsonArray("devices").getJsonObject(0).getInteger("done")).isEqualTo(4);
  }

  @Test
  void shouldGoOnWhereItWasAfterARestart() throws Exception {
    sends("127.0.0.1", "W0312050001");
    sends("127.0.0.1", "W0312050000");
    awaitState(2, "goingOn");
    api.json("PUT", DEVICE + "/name", new JsonObject().put("name", "Table 3"));
    JsonObject before = device();
    stop();

    start();

    assertThat(before.getJsonArray("exercises")).isEqualTo(device().getJsonArray("exercises"));
    assertThat(device().getString("name")).isEqualTo("Table 3");
    sends("127.0.0.1", "W0312050001");
    awaitState(1, "done");
  }

  @Test
  void shouldNameADeviceAndTakeTheNameAway() {
    HttpExchange named =
        api.json("PUT", DEVICE + "/name", new JsonObject().put("name", "  Table 3  "));

    assertThat(named.json().getString("name")).isEqualTo("Table 3");
    assertThat(api.get("/api/v1/class").json().getJsonArray("devices")).hasSize(1);
    assertThat(api.send("DELETE", DEVICE + "/name", null).status()).isEqualTo(204);
    assertThat(device().getString("name")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\\u0000b",
        "a\\nb",
        "a\\u202Eb",
        "a\\u2067b",
        "a\\u061Cb",
        "a\\u3164b",
        "\\u00A0",
        "\\u00AD",
        "\\u115F",
        "\\u1160",
        "\\u200B\\u200B",
        "\\u2800",
        "\\u3164\\u3164\\u3164",
        "\\uFFA0",
        "\\uD834\\uDD59",
        "\\u0301\\uFE0F",
        "\\ud800",
        "12345678901234567890123456789012345678901"
      })
  void shouldRefuseNamesThatAreTooLongOrHideSomething(String name) {
    HttpExchange answer = named(name);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(api.get(DEVICE).status()).isEqualTo(404);
  }

  /** Other scripts, marks on letters, spaces between words, and symbols. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "Bänk\u00A03", "Ba\u0308nk", "3班", "책상", "\u2764\uFE0F", "?"})
  void shouldTakeNamesOfAllThatCanBeSeen(String name) {
    String escaped = name.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());

    assertThat(named(escaped).status()).isEqualTo(200);
    assertThat(device().getString("name")).isEqualTo(name);
  }

  private HttpExchange named(String name) {
    return api.send(
        "PUT",
        DEVICE + "/name",
        "{\"name\":\"%s\"}".formatted(name),
        "Content-Type: application/json");
  }

  @Test
  void shouldKeepTheResultsOfChecks() {
    post(
        "/results",
        new JsonObject()
            .put("exercise", "04")
            .put("passed", false)
            .put("sentence", "192.0.2.9:27708 answered nothing to R"));
    assertThat(device().getJsonArray("exercises").getJsonObject(3).getString("missing"))
        .contains("192.0.2.9:27708 answered nothing");
    post(
        "/results",
        new JsonObject().put("exercise", "04").put("passed", true).put("sentence", "all passed"));
    assertThat(state(device(), 4)).isEqualTo("done");

    HttpExchange noServer =
        post(
            "/results",
            new JsonObject().put("exercise", "01").put("passed", true).put("sentence", "so"));
    assertThat(noServer.status()).isEqualTo(400);
    assertThat(noServer.detail()).contains("04, 05, 07");
  }

  @Test
  void shouldStartOver() throws Exception {
    sends("127.0.0.1", "W0312050001");
    awaitState(1, "goingOn");
    api.json("PUT", DEVICE + "/name", new JsonObject().put("name", "Table 3"));

    assertThat(api.send("POST", DEVICE + "/reset", null).status()).isEqualTo(204);
    assertThat(state(device(), 1)).isEqualTo("open");
    api.send("DELETE", DEVICE + "/name", null);
    assertThat(api.send("POST", "/api/v1/class/reset", null).status()).isEqualTo(204);
    assertThat(api.get("/api/v1/class").json().getJsonArray("devices")).isEmpty();
  }

  private JsonObject awaitProbe(String outcome) {
    await()
        .until(
            () -> device().getJsonObject("probe", new JsonObject()).getString("outcome", ""),
            outcome::equals);
    return device();
  }

  @Test
  void shouldProbeABoardThatVerifies() throws Exception {
    assertThat(tlsBoard().verifying("W0312050001")).isEqualTo("A0312050001");
    awaitState(3, "done");

    HttpExchange begun = post("/probe", new JsonObject());

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().getString("probing")).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> tlsBoard().verifying("W0312050000")).isInstanceOf(IOException.class);
    JsonObject device = awaitProbe("refused");
    assertThat(device.getBoolean("verifies")).isTrue();
    assertThat(device.getString("probing")).isNull();
    assertThat(device.getBoolean("stuck")).isFalse();
    JsonObject board = api.get("/api/v1/boards").json().getJsonArray("boards").getJsonObject(0);
    assertThat(board.getJsonObject("stages").getString("verified")).isNotNull();
    assertThat(board.getBoolean("stuck")).isFalse();
    assertThat(tlsBoard().verifying("R031205")).isEqualTo("A0312050001");
    JsonObject event =
        api.get("/api/v1/transactions?kind=probe").json().getJsonArray("events").getJsonObject(0);
    assertThat(event.getString("outcome")).isEqualTo("refused");
    assertThat(event.getString("sentence")).startsWith("0312 was shown");
  }

  @Test
  void shouldProbeABoardThatDoesNotVerifyAndLoseNoMessage() throws Exception {
    assertThat(tlsBoard().trusting("W0312050001")).isEqualTo("A0312050001");
    awaitState(3, "done");
    post("/probe", new JsonObject());

    assertThat(tlsBoard().trusting("W0312050000")).isEqualTo("A0312050000");

    JsonObject device = awaitProbe("taken");
    assertThat(device.getBoolean("verifies")).isFalse();
    assertThat(device.getJsonObject("probe").getString("sentence"))
        .contains("anyone could be the server");
    JsonObject board = api.get("/api/v1/boards").json().getJsonArray("boards").getJsonObject(0);
    assertThat(board.getJsonObject("stages").getString("verified")).isNull();
  }

  @Test
  void shouldAskBeforeItProbesOneOfSeveralBoardsAtOneAddress() throws Exception {
    sends("127.0.0.1", "W0312050001");
    sends("127.0.0.1", "W04F1050001");
    awaitState(1, "goingOn");
    await().until(() -> api.get("/api/v1/class/devices/04F1").status() == 200);

    HttpExchange refused = post("/probe", new JsonObject());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains("04F1 came from 127.0.0.1 too", "use force");
    assertThat(post("/probe", new JsonObject().put("force", true)).status()).isEqualTo(202);
    HttpExchange twice = post("/probe", new JsonObject().put("force", true));
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.detail()).contains("is under way");
    assertThat(api.send("DELETE", DEVICE + "/probe", null).status()).isEqualTo(204);
    assertThat(awaitProbe("cancelled").getBoolean("verifies")).isNull();
    assertThat(api.send("DELETE", DEVICE + "/probe", null).status()).isEqualTo(409);
  }

  @Test
  void shouldRefuseToProbeWhatItCannotFind() {
    HttpExchange unknown = post("/probe", new JsonObject());
    assertThat(unknown.status()).isEqualTo(409);
    assertThat(unknown.detail()).contains("nobody knows where 0312 is");

    HttpExchange noAddress = post("/probe", new JsonObject().put("address", "board.lab"));
    assertThat(noAddress.status()).isEqualTo(400);
    assertThat(noAddress.detail()).contains("in figures");
    assertThat(api.get(DEVICE).status()).isEqualTo(404);

    assertThat(post("/probe", new JsonObject().put("address", "192.0.2.7")).status())
        .isEqualTo(202);
    JsonObject sameAddress = new JsonObject().put("address", "192.0.2.7");
    HttpExchange busy = api.json("POST", OTHER_DEVICE + "/probe", sameAddress);
    assertThat(busy.status()).isEqualTo(409);
    assertThat(api.get(OTHER_DEVICE).status()).isEqualTo(404);
  }

  @Test
  void shouldLetViewersAndSendersLookAndEditorsAloneChange() throws Exception {
    try (RunningConsole locked = RunningConsole.open(SecretFiles.credentials(directory))) {
      String editor = "Authorization: Bearer " + SecretFiles.EDITOR_TOKEN;
      JsonObject name = new JsonObject().put("name", "Table 3");

      assertThat(locked.get("/api/v1/class").status()).isEqualTo(401);
      for (String each : List.of(SecretFiles.VIEWER_TOKEN, SecretFiles.SENDER_TOKEN)) {
        String looks = "Authorization: Bearer " + each;
        assertThat(locked.get("/api/v1/class", looks).status()).isEqualTo(200);
        assertThat(locked.json("PUT", DEVICE + "/name", name, looks).status()).isEqualTo(403);
        assertThat(locked.send("DELETE", DEVICE + "/name", null, looks).status()).isEqualTo(403);
        assertThat(locked.send("POST", "/api/v1/class/reset", null, looks).status()).isEqualTo(403);
        assertThat(locked.send("POST", DEVICE + "/reset", null, looks).status()).isEqualTo(403);
        assertThat(locked.json("POST", DEVICE + "/probe", new JsonObject(), looks).status())
            .isEqualTo(403);
        assertThat(locked.send("DELETE", DEVICE + "/probe", null, looks).status()).isEqualTo(403);
      }
      assertThat(locked.json("PUT", DEVICE + "/name", name, editor).status()).isEqualTo(200);
    }
  }
}
