package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one address may take, with peers at several addresses of the loopback network. */
@Timeout(60)
class AddressLimitTest {

  private static final String ONE = "127.0.0.2";
  private static final String OTHER = "127.0.0.3";

  /** The beginning of a handshake that does not go on. */
  private static final String HANDSHAKE = "\u0016\u0003\u0001\u0001\u0000";

  @BeforeAll
  static void requireAddresses() {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(ONE, 0));
    } catch (IOException none) {
      assumeTrue(false, "this machine has one loopback address only");
    }
  }

  private static RunningServer start(Limits limits) {
    return start(limits, Transport.AUTO);
  }

  private static RunningServer start(Limits limits, Transport transport) {
    return RunningServer.start(
        ServerConfig.onFreePorts().withLimits(limits).withTransport(transport));
  }

  private static Wire connect(RunningServer running, String from, boolean secure)
      throws IOException {
    return secure
        ? Wire.tlsFrom(from, running.server.tlsPort())
        : Wire.plainFrom(from, running.server.plainPort());
  }

  /** Connects without TLS, whichever port it is. */
  private static Wire knock(RunningServer running, String from, boolean secure) throws IOException {
    return Wire.plainFrom(from, secure ? running.server.tlsPort() : running.server.plainPort());
  }

  private static void serves(RunningServer running, String from, boolean secure)
      throws IOException {
    try (Wire wire = connect(running, from, secure)) {
      assertThat(wire.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTurnAwayWhoHasTooManyConnectionsAndNobodyElse(boolean secure) throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withConnectionsPerAddress(2));
        Wire first = connect(running, ONE, secure);
        Wire second = connect(running, ONE, secure)) {
      try (Wire third = knock(running, ONE, secure)) {
        assertThat(third.receiveAll()).isEqualTo("X");
      }
      serves(running, OTHER, secure);
      assertThat(first.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      await().untilAsserted(() -> assertThat(running.codes()).contains("limited"));
      assertThat(running.sentences().toString())
          .contains(
              "connections are open from " + ONE + " as one address may have (2)",
              "--max-connections-per-address");
      second.endOutput();
      await().until(() -> running.server.connectionCount() == 1);
      serves(running, ONE, secure);
      assertThat(running.server.counters().limitHits().connectionsPerAddress()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void shouldCountDownOnceForEachConnectionHoweverItEnds(Transport transport) throws Exception {
    Limits limits = Limits.DEFAULT.withConnectionsPerAddress(4);
    try (RunningServer running = start(limits, transport)) {
      for (int i = 0; i < 60; i++) {
        int port = i % 2 == 0 ? running.server.plainPort() : running.server.tlsPort();
        Wire wire = Wire.plainFrom(ONE, port);
        if (i % 3 == 0) {
          wire.socket().setSoLinger(true, 0); // a reset, maybe before the server has looked at it
        } else if (i % 3 == 1) {
          wire.send(HANDSHAKE);
        }
        wire.close();
      }
      await().until(() -> running.server.connectionCount() == 0);
      List<Wire> four = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        four.add(Wire.plainFrom(ONE, running.server.plainPort()));
        assertThat(four.get(i).send("R0FAC0BR0FAC0B").receive(2)).isEqualTo("XX");
      }
      try (Wire fifth = Wire.plainFrom(ONE, running.server.plainPort())) {
        assertThat(fifth.receiveAll()).isEqualTo("X");
      }
      for (Wire wire : four) {
        wire.close();
      }
    }
  }

  @Test
  void shouldTellAFewOfManyAndTheConsoleOnceASecond() throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withConnectionsPerAddress(1));
        Wire first = connect(running, ONE, false)) {
      assertThat(first.send("R0FAC0BR0FAC0B").receive(2)).isEqualTo("XX");
      List<Wire> beyond = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        beyond.add(knock(running, ONE, false));
      }
      int told = 0;
      for (Wire wire : beyond) {
        told += wire.receiveAll().length();
      }
      // Who is told stays until it ends its side, as none of these does for now.
      assertThat(told).isEqualTo(Turnstile.TOLD_PER_ADDRESS_MAX);
      for (Wire wire : beyond) {
        wire.close();
      }
      await()
          .untilAsserted(
              () -> assertThat(running.events.size() + running.dropped.get()).isEqualTo(102));
      assertThat(running.codes()).filteredOn("limited"::equals).hasSizeLessThan(10);
      assertThat(running.server.counters().limitHits().connectionsPerAddress()).isEqualTo(100);
    }
  }

  @Test
  void shouldRefuseHandshakesBeyondTheLimitUntilOneIsOver() throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withHandshakesPerAddress(2))) {
      Wire first = knock(running, ONE, true).send(HANDSHAKE);
      try (Wire second = knock(running, ONE, true).send(HANDSHAKE);
          Wire silent = knock(running, ONE, true)) {
        await().until(() -> running.server.connectionCount() == 3);
        assertThat(silent.send(HANDSHAKE).receiveAll()).isEqualTo("X");
        await().untilAsserted(() -> assertThat(running.codes()).contains("limited"));
        assertThat(running.sentences().toString())
            .contains(
                "handshakes are under way from " + ONE + " as one address may have (2)",
                "--max-handshakes-per-address");
        assertThatThrownBy(() -> connect(running, ONE, true)).isInstanceOf(IOException.class);
        serves(running, OTHER, true);
        first.close();
        await().ignoreExceptions().untilAsserted(() -> serves(running, ONE, true));
        second.send("");
      }
      ServerCounters counters = running.server.counters();
      assertThat(counters.limitHits().handshakesPerAddress()).isGreaterThanOrEqualTo(2);
      assertThat(counters.handshakesDone()).isEqualTo(2);
    }
  }

  @Test
  void shouldNotCountHandshakesThatAreDoneOrHaveFailed() throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withHandshakesPerAddress(1))) {
      List<Wire> sessions = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        try (Wire failing = knock(running, ONE, true)) {
          failing.send("\u0016\u0003\u0001\u0000\u0004nonsense");
          failing.socket().getInputStream().readAllBytes();
        }
        sessions.add(connect(running, ONE, true));
      }
      for (Wire session : sessions) {
        assertThat(session.send("R0FAC0B").receive(1)).isEqualTo("X");
        session.close();
      }
      await().until(() -> running.server.counters().handshakesFailed() == 5);
      assertThat(running.server.counters().handshakesDone()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseRequestsBeyondTheRateInTheirOrderAndStoreNothing(boolean secure)
      throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withRequestsPerSecond(3));
        Wire wire = connect(running, ONE, secure)) {
      wire.send("W0FAC0B0001W0FAC0C0002R0FAC0B" + "W0FAC0D0003\nw\nR0FAC0B");
      assertThat(wire.receive(36)).isEqualTo("A0FAC0B0001A0FAC0C0002A0FAC0B0001" + "XXX");
      assertThat(running.store.read(0x0FAC0D)).isNegative();
      serves(running, OTHER, secure);
      await().untilAsserted(() -> assertThat(running.codes()).contains("limited"));
      assertThat(running.sentences().toString())
          .contains("requests come from " + ONE + " faster than 3 a second", "W0FAC0D0003")
          .contains("--max-requests-per-second");
      ServerCounters counters = running.server.counters();
      assertThat(counters.limitHits().requestsPerSecond()).isEqualTo(3);
      assertThat(counters.requests()).isEqualTo(7);
      assertThat(counters.rejectedRequests()).isEqualTo(3);
    }
  }

  @Test
  void shouldCountRequestsOfAllConnectionsOfAnAddressAndFillUpAgain() throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withRequestsPerSecond(4));
        Wire first = connect(running, ONE, false)) {
      assertThat(first.send("W0FAC0B1234R0FAC0BR0FAC0B").receive(33)).startsWith("A0FAC0B1234");
      try (Wire second = connect(running, ONE, true)) {
        assertThat(second.send("R0FAC0BR0FAC0B").receive(12)).isEqualTo("A0FAC0B1234X");
      }
      await().untilAsserted(() -> assertThat(first.send("R0FAC0B").receive(1)).isEqualTo("A"));
      assertThat(first.receive(10)).isEqualTo("0FAC0B1234");
    }
  }

  @Test
  void shouldShowRefusedRequestsOnceASecondAndCountTheOthers() throws Exception {
    try (RunningServer running = start(Limits.DEFAULT.withRequestsPerSecond(1));
        Wire wire = connect(running, ONE, false)) {
      wire.send("R0FAC0B".repeat(500));
      assertThat(wire.receive(500)).isEqualTo("X".repeat(500));
      await()
          .untilAsserted(
              () -> assertThat(running.events.size() + running.dropped.get()).isEqualTo(500));
      assertThat(running.codes()).filteredOn("limited"::equals).hasSizeLessThan(10);
    }
  }

  @Test
  void shouldLimitNothingThatIsSwitchedOff() throws Exception {
    Limits none = new Limits(100, Limits.NONE, Limits.NONE, Limits.NONE);
    try (RunningServer running = start(none)) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        wires.add(knock(running, ONE, true).send(HANDSHAKE));
      }
      await().until(() -> running.server.connectionCount() == 40);
      serves(running, ONE, true);
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }
}
