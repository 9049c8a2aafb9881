package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Crowd;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.TlsProbe;
import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * "The server closes with FIN, and on TLS with close_notify before it. It never resets a connection
 * while one of its replies may be unread": PROTOCOL.md, "How long a connection lives".
 */
final class ClosingCases {

  /** Longer than the linger, shorter than any patience for a peer that goes on sending. */
  private static final int LATE_MILLIS = 600;

  private static final int GOING = 100;

  private ClosingCases() {}

  static Stream<Case> all() {
    return Stream.of(late(), strangers(), notices(), gone())
        .flatMap(cases -> cases)
        .map(Case::alone);
  }

  private static Stream<Case> each(String title, Case.Script script) {
    return Case.onEach(Clause.CLEAN_CLOSE, title, Level.FULL, script);
  }

  // ---- clients that read late, or send on

  private static Stream<Case> late() {
    return Stream.of(
            each(
                "the reply is there for a client that reads late",
                talk -> {
                  for (String sent :
                      List.of("hello", "R####0B", "R####0B\n", "W01234", "GET / HTTP\r\n")) {
                    try (Wire wire = talk.connect()) {
                      wire.send(talk.fill(sent));
                      Talk.pause(LATE_MILLIS);
                      wire.expectToEnd("X");
                    }
                  }
                }),
            each(
                "the X is there for a client that keeps sending behind it",
                talk -> {
                  try (Wire wire = talk.connect()) {
                    wire.send("hello");
                    for (int i = 0; i < LATE_MILLIS / 10; i++) {
                      Talk.pause(10);
                      wire.send(talk.fill("W####0B1234").repeat(10));
                    }
                    wire.expectToEnd("X");
                  }
                }),
            each("the X is there for a client that sends a megabyte", ClosingCases::megabyte),
            each(
                "the reply is there for a client whose next frame is late", ClosingCases::crossing))
        .flatMap(cases -> cases);
  }

  private static void megabyte(Talk talk) throws Exception {
    try (Crowd crowd = new Crowd();
        Wire wire = talk.connect()) {
      Future<Void> sender = crowd.start(() -> wire.send("?".repeat(1 << 20)));
      Talk.pause(LATE_MILLIS / 3);
      wire.expectToEnd("X");
      Crowd.await(sender);
    }
  }

  /** The frame crosses the server's FIN on the way; it comes too late to be answered. */
  private static void crossing(Talk talk) throws Exception {
    try (Wire wire = talk.connect()) {
      wire.send(talk.fill("R####0B"));
      Talk.pause(LATE_MILLIS);
      wire.send(talk.fill("W####0C1234"));
      wire.expectToEnd("X");
    }
    talk.ask("R####0C", "X");
  }

  // ---- those that are wrong here

  private static Stream<Case> strangers() {
    return Stream.of(
            each("the X is there for HTTP that keeps sending", ClosingCases::http),
            Stream.of(
                Case.of(
                    Clause.STRANGERS,
                    "a readable X to WWEP in clear on the TLS port",
                    Level.FULL,
                    Doors.TLS,
                    ClosingCases::inClear)))
        .flatMap(cases -> cases);
  }

  private static void http(Talk talk) throws Exception {
    try (Wire wire = talk.clear(talk.port())) {
      wire.send("GET / HTTP/1.1\r\n");
      for (int i = 0; i < 20; i++) {
        Talk.pause(10);
        wire.send("X-Header: value\r\n");
      }
      wire.expectToEnd("X");
    }
  }

  private static void inClear(Talk talk) throws IOException {
    for (String frame :
        List.of("R####0B", "W####0B1234", "W####0B1234\r\n", "hello", "GET / HTTP/1.1\r\n\r\n")) {
      try (Wire wire = talk.clear(Port.TLS)) {
        wire.exchange(talk.fill(frame), "X");
        wire.expectEnd();
      }
    }
    talk.ask("R####0B", "X");
  }

  // ---- close_notify

  private static Stream<Case> notices() {
    return Stream.of("TLSv1.2", "TLSv1.3").flatMap(ClosingCases::notices);
  }

  private static Stream<Case> notices(String version) {
    return Stream.of(
        tls(
            "close_notify behind the linger in " + version,
            talk -> announced(talk, version, "R####0B", false, "X")),
        tls(
            "close_notify behind a bad byte in " + version,
            talk -> announced(talk, version, "hello", false, "X")),
        tls(
            "all answered, then close_notify, when the client ends in " + version,
            talk -> announced(talk, version, "R####0BR####0BR####0BW####", true, "XXXX")),
        tls(
            "close_notify to a client that says nothing in " + version,
            talk -> announced(talk, version, "", true, "")),
        tls("half-close in " + version, talk -> halfClose(talk, version)),
        tls("the end of TCP without close_notify in " + version, talk -> torn(talk, version)));
  }

  private static Case tls(String title, Case.Script script) {
    return Case.of(Clause.CLEAN_CLOSE, title, Level.FULL, Doors.TLS, script);
  }

  private static void announced(
      Talk talk, String version, String sent, boolean ends, String replies) throws IOException {
    try (TlsProbe probe = talk.probe(version)) {
      if (!sent.isEmpty()) {
        probe.send(talk.fill(sent));
      }
      if (ends) {
        probe.endOutput();
      }
      probe.expectAnnouncedEnd(replies);
    }
  }

  private static void halfClose(Talk talk, String version) throws IOException {
    for (String last : List.of("W", "\nR###", "R####0", "W####0B12")) {
      try (Wire wire = talk.tls(version)) {
        wire.send(talk.fill("R####0BR####0BR####0B" + last));
        wire.endOutput();
        wire.expectToEnd("XXXX");
      }
    }
  }

  /** Boards end TCP and forget TLS; what they sent in full is answered all the same. */
  private static void torn(Talk talk, String version) throws IOException {
    try (Wire wire = talk.tls(version)) {
      wire.send(talk.fill("R####0BR####0BW####"));
      wire.endTcpOutput();
      wire.expectToEnd("XXX");
    }
  }

  // ---- those that go

  /** Many clients that come, ask half a question and go leave nothing behind that others feel. */
  private static Stream<Case> gone() {
    return each(
        "100 clients that go without a word",
        talk -> {
          for (int i = 0; i < GOING; i++) {
            try (Wire wire = talk.connect()) {
              wire.send(talk.fill("R####0BR####").substring(0, i % 12));
            }
          }
          talk.ask("R####0B", "X");
        });
  }
}
