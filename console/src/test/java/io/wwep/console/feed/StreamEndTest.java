package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wwep.console.HttpExchange;
import io.wwep.console.RunningConsole;
import io.wwep.console.http.Credentials;
import io.wwep.console.http.SecretFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose readers may not read any more. */
class StreamEndTest {

  private static final String SESSION = "/api/v1/session";
  private static final String TOKEN = "Authorization: Bearer " + SecretFiles.VIEWER_TOKEN;

  @TempDir private Path directory;
  private RunningConsole running;

  @BeforeEach
  void start() throws IOException {
    running = RunningConsole.open(SecretFiles.credentials(directory));
  }

  @AfterEach
  void close() {
    running.close();
  }

  private HttpExchange login() {
    return running.json(
        "POST", SESSION, new JsonObject().put("password", SecretFiles.VIEWER_PASSWORD));
  }

  private static String cookie(HttpExchange login) {
    return "Cookie: " + login.header("Set-Cookie").orElseThrow().split(";", -1)[0];
  }

  private Subscriber subscribe(String who) throws IOException {
    return Subscriber.to(running.port(), "", who, "Connection: close");
  }

  @Test
  void shouldEndTheStreamsOfASessionWithItsLogoutAndNoOthers() throws Exception {
    HttpExchange login = login();
    try (Subscriber ending = subscribe(cookie(login));
        Subscriber other = subscribe(cookie(login()));
        Subscriber program = subscribe(TOKEN)) {
      Talk.send(running.server().plainPort(), "W0FAC0B0001");
      ending.awaitEvent(each -> "0FAC".equals(each.getString("device")));
      String csrf = "X-CSRF-Token: " + login.json().getString("csrf");
      running.send("DELETE", SESSION, null, cookie(login), csrf);

      await().until(ending::hasEnded);
      Talk.send(running.server().plainPort(), "W0FAD0B0001");
      other.awaitEvent(each -> "0FAD".equals(each.getString("device")));
      program.awaitEvent(each -> "0FAD".equals(each.getString("device")));
      assertThat(ending.events()).noneMatch(each -> "0FAD".equals(each.getString("device")));
    }
  }

  @Test
  void shouldEndAllStreamsWhenOtherPasswordsHold() throws Exception {
    try (Subscriber page = subscribe(cookie(login()));
        Subscriber program = subscribe(TOKEN)) {
      Path file = SecretFiles.write(directory.resolve("new"), "editor: a new password");
      running.console().admit(Credentials.read(file, null));

      await().until(page::hasEnded);
      await().until(program::hasEnded);
    }
  }

  @Test
  void shouldEndTheStreamsOfAConsoleThatWasOpen() throws Exception {
    try (RunningConsole open = RunningConsole.open();
        Subscriber reader = Subscriber.to(open.port(), "", "Connection: close")) {
      open.console().admit(SecretFiles.credentials(directory));

      await().until(reader::hasEnded);
    }
  }
}
