package io.wwep.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * "It closes, cleanly (FIN, and close_notify on TLS), never with RST while a reply is unread":
 * PROTOCOL.md, "How long a connection lives".
 */
class CleanCloseConformanceTest {

  /** Longer than the linger, shorter than any patience for a peer that goes on sending. */
  private static final int LATE_MILLIS = 600;

  private static TargetServer target;
  private static String device;
  private static Crowd crowd;

  @BeforeAll
  static void open() throws Exception {
    target = TargetServer.open();
    device = new Devices(target).fresh();
    crowd = new Crowd();
  }

  @AfterAll
  static void close() {
    crowd.close();
    target.close();
  }

  private static String fill(String text) {
    return WireCase.fill(text, device);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldKeepTheReplyForAClientThatReadsLate(Port port) throws Exception {
    for (String sent : new String[] {"hello", "R####0B", "R####0B\n", "W01234", "GET / HTTP\r\n"}) {
      try (Wire wire = Wire.connect(target, port)) {
        wire.send(fill(sent));
        Thread.sleep(LATE_MILLIS);
        assertThat(wire.readToEnd()).as(sent).isEqualTo("X");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldKeepTheXForAClientThatKeepsSendingBehindIt(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.send("hello");
      for (int i = 0; i < LATE_MILLIS / 10; i++) {
        Thread.sleep(10);
        wire.send("W0FAC0B1234".repeat(10));
      }
      assertThat(wire.readToEnd()).isEqualTo("X");
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldKeepTheXForAClientThatSendsAMegabyteBehindIt(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      Future<Void> sender = crowd.start(() -> wire.send("?".repeat(1 << 20)));
      Thread.sleep(LATE_MILLIS / 3);
      assertThat(wire.readToEnd()).isEqualTo("X");
      Crowd.await(sender);
    }
  }

  /** The frame crosses the server's FIN on the way; it comes too late to be answered. */
  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldKeepTheReplyForAClientWhoseNextFrameComesTooLate(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.send(fill("R####0B"));
      Thread.sleep(LATE_MILLIS);
      wire.send(fill("W####0C1234"));
      assertThat(wire.readToEnd()).isEqualTo("X");
    }
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange(fill("R####0C"), "X");
    }
  }

  @Test
  void shouldKeepTheXForALostPeerThatKeepsSending() throws Exception {
    for (Port port : Port.values()) {
      try (Wire wire = Wire.clear(target, port)) {
        wire.send("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 20; i++) {
          Thread.sleep(10);
          wire.send("X-Header: value\r\n");
        }
        assertThat(wire.readToEnd()).as("%s", port).isEqualTo("X");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnnounceTheEndOnTlsBehindTheLinger(String version) throws Exception {
    try (TlsProbe probe = new TlsProbe(target, version)) {
      probe.send(fill("R####0B"));
      assertThat(probe.readToEnd()).isEqualTo(new TlsProbe.Ending("X", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnnounceTheEndOnTlsBehindABadByte(String version) throws Exception {
    try (TlsProbe probe = new TlsProbe(target, version)) {
      probe.send("hello");
      assertThat(probe.readToEnd()).isEqualTo(new TlsProbe.Ending("X", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnswerAllAndAnnounceTheEndWhenTheClientDoes(String version) throws Exception {
    try (TlsProbe probe = new TlsProbe(target, version)) {
      probe.send(fill("R####0BR####0BR####0BW####"));
      probe.endOutput();
      assertThat(probe.readToEnd()).isEqualTo(new TlsProbe.Ending("XXXX", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnnounceTheEndOnTlsToAClientThatSaysNothing(String version) throws Exception {
    try (TlsProbe probe = new TlsProbe(target, version)) {
      probe.endOutput();
      assertThat(probe.readToEnd()).isEqualTo(new TlsProbe.Ending("", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnswerHalfCloseInEachVersionOfTls(String version) throws Exception {
    for (String last : new String[] {"W", "\nR###", "R####0", "W####0B12"}) {
      String sent = "R####0BR####0BR####0B" + last;
      try (Wire wire = Wire.tls(target, version)) {
        wire.send(fill(sent));
        wire.endOutput();
        assertThat(wire.readToEnd()).as(sent).isEqualTo("XXXX");
      }
    }
  }

  /** Boards end TCP and forget TLS; what they sent in full is answered all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnswerAClientThatEndsTcpWithoutCloseNotify(String version) throws Exception {
    try (Wire wire = Wire.tls(target, version)) {
      wire.send(fill("R####0BR####0BW####"));
      wire.endTcpOutput();
      assertThat(wire.readToEnd()).isEqualTo("XXX");
    }
  }

  /** Many clients that come, ask half a question and go leave nothing behind that others feel. */
  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldStandClientsThatGoWithoutAWord(Port port) throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Wire wire = Wire.connect(target, port)) {
        wire.send(fill("R####0BR####").substring(0, i % 12));
      }
    }
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange(fill("R####0B"), "X");
    }
  }
}
