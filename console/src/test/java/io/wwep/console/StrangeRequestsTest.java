package io.wwep.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are hardly any, over real sockets. */
class StrangeRequestsTest {

  private static final String REST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final RunningConsole console = RunningConsole.open();

  @AfterEach
  void stop() {
    console.close();
  }

  private static void assertIsProblem(HttpExchange answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS *",
        "GET *",
        "CONNECT localhost:80",
        "CONNECT /",
        "GET /api/v1/devices/%zz",
        "GET /%",
        "PUT /api/v1/devices/0FAC/registers/%zz"
      })
  void shouldAnswerAPathThatIsNoneWithAProblem(String start) {
    assertIsProblem(console.raw(start + REST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nabcdefgh\r\n", "-1\r\n", "ffffffffffff\r\n"})
  void shouldAnswerABadChunkAsAWrongRequest(String chunk) {
    HttpExchange answer =
        console.raw(
            "PUT /api/v1/devices/0FAC/registers/0B HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk);

    assertIsProblem(answer);
    assertThat(console.get("/api/v1/transactions").text()).doesNotContain("fault");
  }
}
