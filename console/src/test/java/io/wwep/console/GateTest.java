package io.wwep.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.wwep.console.http.SecretFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried against a console, over real sockets. */
class GateTest {

  private static final String LOGIN = "/api/v1/session";
  private static final String REGISTER = "/api/v1/devices/0FAC/registers/0B";

  @TempDir private Path directory;
  private RunningConsole open;
  private RunningConsole locked;

  @BeforeEach
  void start() throws IOException {
    open = RunningConsole.open();
    locked = RunningConsole.open(SecretFiles.credentials(directory));
  }

  @AfterEach
  void stop() {
    open.close();
    locked.close();
  }

  private HttpExchange login(String password, String... headers) {
    return locked.json("POST", LOGIN, new JsonObject().put("password", password), headers);
  }

  private static String cookie(HttpExchange login) {
    return "Cookie: " + login.header("Set-Cookie").orElseThrow().split(";", -1)[0];
  }

  private static String csrf(HttpExchange login) {
    return "X-CSRF-Token: " + login.json().getString("csrf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.0.2.77",
        "[2001:db8::1]",
        "127.0.0.1@evil.example",
        "",
        "local host"
      })
  void shouldRefuseForeignHosts(String host) {
    // What is no host at all is no request either.
    assertThat(open.get("/", "Host: " + host).status()).isIn(421, 400);
    assertThat(open.get("/api/v1/devices", "Host: " + host).status()).isIn(421, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:27780",
        "[::1]:1",
        "board.lab",
        "board.lab."
      })
  void shouldServeItsOwnHosts(String host) {
    assertThat(open.get("/api/v1/devices", "Host: " + host).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseTwoHosts() {
    assertThat(open.get("/api/v1/devices", "Host: localhost", "Host: localhost").status())
        .isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"})
  void shouldRefuseWritesThatAPageOfAnotherOriginSends(String origin) {
    HttpExchange refused = open.put("0FAC0B", 1, "Origin: " + origin);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(open.get(REGISTER).status()).isEqualTo(404);
  }

  @Test
  void shouldTakeWritesOfItsOwnPage() {
    HttpExchange taken =
        open.put(
            "0FAC0B", 1, "Origin: http://127.0.0.1:" + open.port(), "Sec-Fetch-Site: same-origin");

    assertThat(taken.status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "board.lab, https://board.lab, 201",
    "Board.lab, https://board.LAB, 201",
    "board.lab:443, https://board.lab, 201",
    "board.lab:8443, https://board.lab:8443, 201",
    "board.lab:80, http://board.lab, 201",
    "board.lab, https://board.lab:8443, 403",
    "board.lab:80, https://board.lab, 403",
    "localhost, https://board.lab, 403",
    "localhost, https://localhost, 403",
    "127.0.0.1, https://127.0.0.1, 403"
  })
  void shouldTakeWritesThroughAProxyWithTlsUnderANameThatWasGiven(
      String host, String origin, int status) {
    assertThat(open.put("0FAC0B", 1, "Host: " + host, "Origin: " + origin).status())
        .isEqualTo(status);
  }

  @Test
  void shouldKeepASessionBehindAProxyWithTlsInACookieForTlsAlone() {
    String[] proxied = {"Host: board.lab", "Origin: https://board.lab"};
    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD, proxied);

    assertThat(login.header("Set-Cookie").orElseThrow()).endsWith("; Secure");
    assertThat(login(SecretFiles.EDITOR_PASSWORD).header("Set-Cookie").orElseThrow())
        .doesNotContain("Secure");
    assertThat(locked.get("/api/v1/devices", "Host: board.lab", cookie(login)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void shouldRefuseWhatOtherSitesFetch(String site) {
    String header = "Sec-Fetch-Site: " + site;

    assertThat(open.get("/api/v1/transactions", header, "Accept: text/event-stream").status())
        .isEqualTo(403);
    assertThat(open.put("0FAC0B", 1, header).status()).isEqualTo(403);
    assertThat(open.get("/metrics", header).status()).isEqualTo(403);
  }

  /** A page about the class has links to the console's page and to its board. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/board"})
  void shouldBeOpenedByALinkOfAnotherSite(String path) {
    assertThat(open.get(path, "Sec-Fetch-Site: cross-site").status()).isNotEqualTo(403);
  }

  @Test
  void shouldLeadFromPathsThatPeopleTypeToThePage() {
    assertThat(open.get("/board").status()).isEqualTo(302);
    assertThat(open.get("/board").header("Location")).contains("/#/board");
    assertThat(open.get("/api").header("Location")).contains("/api/");
    assertThat(open.get("/api/").status()).isEqualTo(200);
    assertThat(open.get("/api/try.js").header("Content-Type").orElse("")).contains("javascript");
  }

  @Test
  void shouldGiveEachResponseTheHeadersThatKeepAPageSafe() {
    for (String path : new String[] {"/", LOGIN, "/nothing", "/api/v1/devices/xyz"}) {
      HttpExchange response = open.get(path);
      assertThat(response.header("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.header("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(response.header("Referrer-Policy")).as(path).contains("no-referrer");
      assertThat(response.headers("Access-Control-Allow-Origin")).as(path).isEmpty();
    }
  }

  @Test
  void shouldLetNobodyInWithoutLogin() {
    for (String path : new String[] {"/api/v1/devices", "/api/v1/server", "/metrics", "/api/v2"}) {
      assertThat(locked.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(locked.put("0FAC0B", 1).status()).isEqualTo(401);
    assertThat(locked.get(LOGIN).json().getBoolean("passwordNeeded")).isTrue();
  }

  @Test
  void shouldKeepASessionInACookieThatNoScriptAndNoOtherSiteSees() {
    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD);

    assertThat(login.status()).isEqualTo(200);
    assertThat(login.json().getString("role")).isEqualTo("editor");
    assertThat(login.header("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain("Domain");
    assertThat(locked.get("/api/v1/devices", cookie(login)).status()).isEqualTo(200);
    assertThat(locked.get(LOGIN, cookie(login)).json().getString("csrf"))
        .isEqualTo(login.json().getString("csrf"));
  }

  @Test
  void shouldTakeChangesWithTheTokenOfTheSessionAlone() {
    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD);
    HttpExchange other = login(SecretFiles.EDITOR_PASSWORD);

    assertThat(locked.put("0FAC0B", 1, cookie(login)).status()).isEqualTo(403);
    assertThat(locked.put("0FAC0B", 1, cookie(login), "X-CSRF-Token: x").status()).isEqualTo(403);
    assertThat(locked.put("0FAC0B", 1, cookie(login), csrf(other)).status()).isEqualTo(403);
    assertThat(locked.put("0FAC0B", 1, cookie(login), csrf(login)).status()).isEqualTo(201);
  }

  @Test
  void shouldEndASessionWithItsLogout() {
    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD);

    assertThat(locked.send("DELETE", LOGIN, null, cookie(login), csrf(login)).status())
        .isEqualTo(204);
    assertThat(locked.get("/api/v1/devices", cookie(login)).status()).isEqualTo(401);
  }

  @Test
  void shouldNotTakeOverASessionThatSomebodyElseChose() {
    String chosen = "Cookie: wwep-session=chosen-by-somebody-else";

    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD, chosen);

    assertThat(cookie(login)).isNotEqualTo(chosen);
    assertThat(locked.get("/api/v1/devices", chosen).status()).isEqualTo(401);
  }

  @Test
  void shouldEndTheSessionBeforeWithANewLogin() {
    HttpExchange first = login(SecretFiles.VIEWER_PASSWORD);
    HttpExchange second = login(SecretFiles.EDITOR_PASSWORD, cookie(first), csrf(first));

    assertThat(second.status()).isEqualTo(200);
    assertThat(locked.get("/api/v1/devices", cookie(first)).status()).isEqualTo(401);
    assertThat(locked.get("/api/v1/devices", cookie(second)).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseAViewerWhoEdits() {
    HttpExchange login = login(SecretFiles.VIEWER_PASSWORD);
    String token = "Authorization: Bearer " + SecretFiles.VIEWER_TOKEN;

    assertThat(locked.put("0FAC0B", 1, cookie(login), csrf(login)).status()).isEqualTo(403);
    assertThat(locked.put("0FAC0B", 1, token).status()).isEqualTo(403);
    assertThat(locked.get(REGISTER, token).status()).isEqualTo(404);
    assertThat(locked.get("/api/v1/devices/0FAC", token).json().getBoolean("writable")).isFalse();
  }

  @Test
  void shouldLetASenderSendAndEditNothing() {
    HttpExchange login = login(SecretFiles.SENDER_PASSWORD);
    assertThat(login.json().getString("role")).isEqualTo("sender");
    String[] session = {cookie(login), csrf(login)};
    String[] token = {"Authorization: Bearer " + SecretFiles.SENDER_TOKEN};

    for (String[] sender : new String[][] {session, token}) {
      assertThat(send(sender).json().getString("reply")).isEqualTo("A0FAC0B1234");
      assertThat(locked.get(REGISTER, sender).json().getInteger("value")).isEqualTo(0x1234);
      HttpExchange refused = locked.put("0FAC0B", 1, sender);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.detail())
          .isEqualTo("a sender may not do this: log in with an editor's password or token");
      JsonObject device = locked.get("/api/v1/devices/0FAC", sender).json();
      assertThat(device.getBoolean("writable")).isFalse();
      assertThat(device.getString("why")).contains("a sender may not write");
    }
    assertThat(send(cookie(login)).status()).as("without X-CSRF-Token").isEqualTo(403);
  }

  @Test
  void shouldRefuseAViewerWhoSends() {
    HttpExchange login = login(SecretFiles.VIEWER_PASSWORD);
    HttpExchange refused = send(cookie(login), csrf(login));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail())
        .isEqualTo("a viewer may not do this: log in with a sender's password or token");
    assertThat(send("Authorization: Bearer " + SecretFiles.VIEWER_TOKEN).status()).isEqualTo(403);
    assertThat(send().status()).isEqualTo(401);
    assertThat(send("Authorization: Bearer " + SecretFiles.EDITOR_TOKEN).status()).isEqualTo(200);
  }

  private HttpExchange send(String... headers) {
    JsonObject message = new JsonObject().put("message", "W0FAC0B1234").put("door", "plain");
    return locked.json("POST", "/api/v1/send", message, headers);
  }

  @Test
  void shouldTakeTokensInTheirHeaderAlone() {
    String token = SecretFiles.EDITOR_TOKEN;

    assertThat(locked.put("0FAC0B", 1, "Authorization: Bearer " + token).status()).isEqualTo(201);
    assertThat(locked.get("/api/v1/devices?token=" + token).status()).isEqualTo(401);
    assertThat(locked.get("/api/v1/devices?access_token=" + token).status()).isEqualTo(401);
    assertThat(locked.get("/api/v1/devices", "Authorization: Basic eDp5").status()).isEqualTo(401);
    assertThat(locked.get("/api/v1/devices", "Authorization: Bearer " + token + "x").status())
        .isEqualTo(401);
  }

  @Test
  void shouldNotLetAllPasswordsBeTried() {
    int last = 0;
    for (int i = 0; i < 12; i++) {
      last = login("wrong password " + i).status();
    }
    HttpExchange right = login(SecretFiles.EDITOR_PASSWORD);

    assertThat(last).isEqualTo(429);
    assertThat(right.status()).isEqualTo(429);
    assertThat(Integer.parseInt(right.header("Retry-After").orElseThrow())).isBetween(1, 61);
  }

  @Test
  void shouldTakeRightTokensWhateverOthersTry() throws IOException {
    for (int address = 2; address <= 11; address++) {
      for (int i = 0; i < 10; i++) {
        assertThat(getFrom("127.0.0." + address, "a wrong token of some length")).isEqualTo(401);
      }
    }

    assertThat(getFrom("127.0.0.1", "a wrong token of some length")).isEqualTo(429);
    assertThat(getFrom("127.0.0.1", SecretFiles.VIEWER_TOKEN)).isEqualTo(200);
    assertThat(getFrom("127.0.0.2", SecretFiles.VIEWER_TOKEN)).isEqualTo(429);
  }

  private int getFrom(String address, String token) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), locked.port()));
    String head =
        "GET /api/v1/devices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n";
    return HttpExchange.over(socket, head.formatted(token)).status();
  }

  @Test
  void shouldTakeOtherPasswordsWhileItRuns() throws IOException {
    HttpExchange login = login(SecretFiles.EDITOR_PASSWORD);
    Path file = SecretFiles.write(directory.resolve("new"), "editor: a new password");

    locked.console().admit(io.wwep.console.http.Credentials.read(file, null));

    assertThat(locked.get("/api/v1/devices", cookie(login)).status()).isEqualTo(401);
    assertThat(login(SecretFiles.EDITOR_PASSWORD).status()).isEqualTo(401);
    assertThat(login("a new password").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/files.txt",
        "/WwepConsole.class",
        "//etc/passwd",
        "/index.html/../../x",
        "/%00",
        "/.."
      })
  void shouldGiveNoFileButThoseOfThePage(String path) {
    HttpExchange response = open.get(path);

    assertThat(response.status()).isIn(400, 404);
    assertThat(response.text()).doesNotContain("root:").doesNotContain("index.html");
  }

  @Test
  void shouldNotLetAHeaderChangeTheMethod() {
    open.put("0FAC0B", 1);

    HttpExchange response =
        open.get(REGISTER, "X-HTTP-Method-Override: PUT", "X-HTTP-Method: DELETE");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json().getInteger("value")).isEqualTo(1);
  }

  @Test
  void shouldNotSplitResponses() {
    HttpExchange response =
        open.get("/api/v1/devices?after=%0d%0aSet-Cookie:%20x=y%0d%0a%0d%0a<script>");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers("Set-Cookie")).isEmpty();
    assertThat(open.get("/x%0d%0aX-Split:1").headers("X-Split")).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    assertThat(open.get("/" + "a".repeat(5_000)).status()).isEqualTo(431);
    assertThat(open.get("/", "X: " + "a".repeat(9_000)).status()).isEqualTo(431);
    HttpExchange body =
        open.send("PUT", REGISTER, "x".repeat(70_000), "Content-Type: application/json");
    assertThat(body.status()).isEqualTo(413);
    assertThat(body.detail()).contains("64 KiB");
  }

  @Test
  void shouldRefuseAChunkedBodyThatIsTooLong() {
    String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
    String head =
        "PUT %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(REGISTER);
    HttpExchange body = open.raw(head + chunk.repeat(20) + "0\r\n\r\n");

    assertThat(body.status()).isEqualTo(413);
  }

  @Test
  void shouldAnswerWhatIsNoHttp() {
    assertThat(open.raw("W0FAC0B1234\r\n\r\n").status()).isEqualTo(400);
    assertThat(open.raw("GET / HTTP/9.9\r\n\r\n").status()).isIn(400, 501);
  }

  @Test
  void shouldKeepConnectionsBelowABoundAndTheServersPortsFree() throws IOException {
    Socket[] sockets = new Socket[200];
    try {
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = open.connect();
      }
      sockets[sockets.length - 1].setSoTimeout(10_000);
      assertThat(sockets[sockets.length - 1].getInputStream().read()).isEqualTo(-1);

      try (Socket board = new Socket(InetAddress.getLoopbackAddress(), open.server().plainPort())) {
        board.getOutputStream().write("W0FAC0B1234".getBytes(StandardCharsets.US_ASCII));
        assertThat(board.getInputStream().readNBytes(11)).asString().isEqualTo("A0FAC0B1234");
      }
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  @Test
  void shouldShowNothingOfAFault() {
    HttpExchange response = open.get("/api/v1/devices/0FAC/registers/%zz");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).doesNotContain("Exception").doesNotContain("at io.");
  }
}
