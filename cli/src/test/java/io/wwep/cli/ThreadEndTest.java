package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.server.control.StatusQuestion;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault ends one connection or the whole process, and never leaves half a server. */
@Timeout(120)
class ThreadEndTest {

  private static final String GOOD = "W0FAC0B1234";
  private static final String TRIGGER = "W0FACFF1234";

  /** Those that come behind the reply. */
  private static final Set<FaultyServer.Fault> LATE =
      Set.of(FaultyServer.Fault.END_OF_LOOP, FaultyServer.Fault.EXCEPTION_ON_EVENTS_THREAD);

  @TempDir private Path directory;

  private Child start(FaultyServer.Fault fault) {
    Child child = Child.running(FaultyServer.class, directory, fault.name(), directory.toString());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                !child.process().isAlive()
                    || child.out().stream().anyMatch(line -> line.contains("data ")));
    return child;
  }

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return exchange(socket, request);
    }
  }

  /** Returns what comes up to the end; a reset is one. */
  private static String exchange(Socket socket, String request) throws IOException {
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (java.net.SocketException reset) {
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_ON_LOOP, wwep-loop, planted",
    "STACK_OVERFLOW_ON_LOOP, wwep-loop, stack overflow",
    "OUT_OF_MEMORY_ON_LOOP, there is not enough memory, -Xmx2g",
    "END_OF_LOOP, ended its thread, an event loop has ended",
    "ERROR_ON_COMMIT_THREAD, wwep-commit, planted",
    "EXCEPTION_ON_EVENTS_THREAD, wwep-events, planted"
  })
  void shouldEndTheProcessWithOneSentence(FaultyServer.Fault fault, String cause, String words)
      throws Exception {
    try (Child server = start(fault)) {
      String reply = exchange(server.plainPort(), TRIGGER);
      server.awaitExit();

      assertThat(server.exitCode()).isEqualTo(ExitCode.CRASHED);
      assertThat(server.err()).hasSize(1);
      assertThat(server.err().get(0))
          .startsWith("wwep: this process ends, because")
          .contains(cause, words, "what was acknowledged is safe", "start it again");
      assertThat(reply).isEqualTo(LATE.contains(fault) ? "A0FACFF1234" : "");
    }
  }

  @Test
  void shouldEndTheProcessWhenTheControlThreadEnds() throws Exception {
    try (Child server = start(FaultyServer.Fault.EXCEPTION_ON_CONTROL_THREAD)) {
      assertThatThrownBy(() -> StatusQuestion.ask(directory, Duration.ofSeconds(10)))
          .isInstanceOf(ConnectException.class);
      server.awaitExit();
      assertThat(server.exitCode()).isEqualTo(ExitCode.CRASHED);
      assertThat(server.err()).hasSize(1);
      assertThat(server.err().get(0)).contains("wwep-control", "planted", "start it again");
    }
  }

  @Test
  void shouldHaveKeptWhatWasAcknowledgedBeforeTheEnd() throws Exception {
    try (Child server = start(FaultyServer.Fault.ERROR_ON_COMMIT_THREAD)) {
      assertThat(exchange(server.plainPort(), GOOD)).isEqualTo("A0FAC0B1234");
      exchange(server.plainPort(), TRIGGER);
      server.awaitExit();
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(0x0FAC0B)).isEqualTo(0x1234);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyServer.Fault.class,
      names = {"EXCEPTION_ON_LOOP", "OUT_OF_BUFFERS_ON_LOOP"})
  void shouldCloseTheOneConnectionOnWhichAnExceptionHappens(FaultyServer.Fault fault)
      throws Exception {
    try (Child server = start(fault);
        Socket bystander = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
      assertThat(exchange(server.plainPort(), TRIGGER)).isEmpty();
      String report =
          await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () ->
                      server.out().stream()
                          .filter(line -> line.contains("Notice"))
                          .findFirst()
                          .orElse(""),
                  line -> !line.isEmpty());
      assertThat(report).contains("closed", fault.name().contains("BUFFERS") ? "-Xmx" : "planted");
      assertThat(exchange(bystander, GOOD)).isEqualTo("A0FAC0B1234");
      assertThat(server.process().isAlive()).isTrue();
      assertThat(server.err()).isEmpty();
    }
  }

  @Test
  void shouldGoOnWhenAListenerOfCommitsMakesAMistake() throws Exception {
    try (Child server = start(FaultyServer.Fault.EXCEPTION_ON_COMMIT_THREAD)) {
      assertThat(exchange(server.plainPort(), TRIGGER)).isEqualTo("A0FACFF1234");
      assertThat(exchange(server.plainPort(), GOOD)).isEqualTo("A0FAC0B1234");
      assertThat(server.process().isAlive()).isTrue();
      assertThat(server.err()).hasSize(1);
      assertThat(server.err().get(0)).contains("planted");
    }
  }
}
