package io.wwep.lesson;

import io.wwep.board.Board;
import io.wwep.board.MacAddress;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.tap.Tap;
import io.wwep.tap.TapConfig;
import io.wwep.tap.TapEvent;
import io.wwep.tap.TapTls;
import io.wwep.tap.change.Rewrite;
import io.wwep.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lecture's man in the middle, on loopback: what an eavesdropper sees, and what becomes of
 * boards that verify nothing, a root certificate, or one certificate alone. Everything that it
 * tells has happened before. One thread; takes some seconds.
 */
public final class MitmLesson {

  private static final String HOST = "127.0.0.1";

  /** Its octets add up to 018C. */
  private static final MacAddress MAC = MacAddress.parse("00:A0:50:12:34:56");

  private static final String ON = "W018C050001";
  private static final int LED = 0x018C05;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What no board writes to its LED's register. */
  private static final int OTHER = 0xFFFF;

  private static final String RULE = "W....05=.... -> 0000";

  private final Teacher teacher;
  private final Witness witness;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * @param print takes each line of what is told
   */
  public MitmLesson(Consumer<String> print) {
    teacher = new Teacher(print);
    witness = new Witness(teacher);
  }

  /**
   * Plays it.
   *
   * @return whether it went as the lesson says
   */
  public boolean run() {
    try (TestServer server = TestServer.start()) {
      plain(server);
      plainAltered(server);
      fromOutside(server);
      inTheMiddle(server);
      unnoticed(server);
      verified(server, "a root certificate", Trust.caFile(server.caFile()));
      verified(server, "a pinned certificate", Trust.pin(fingerprint(server)));
      sideBySide();
    }
    return teacher.end();
  }

  private void plain(TestServer server) {
    teacher.step("The plain port: who sits in between reads along");
    teacher.say(
        "A board sends its LED's state over plain TCP. Between it and the server sits a tap, which",
        "could be an access point, a router, or somebody with Wireshark in the same network.");
    Watched seen = new Watched();
    try (Tap tap = Tap.start(config(server.plainPort()), seen)) {
      Transmission sent = press(Trust.insecure(), tap.address().getPort(), 0);
      seen.awaitClosed(1);
      witness.board(sent);
      witness.segments(seen);
      teacher.expect(
          isRead(seen) && sent.verdict() == Verdict.FINE,
          "the tap read the message, word for word, and the board noticed nothing");
    }
  }

  private void plainAltered(TestServer server) {
    teacher.step("... and writes along");
    teacher.say(
        "The tap makes a frame of another one, by the rule " + RULE + ",",
        "and has the reply say what the board had sent.");
    Watched seen = new Watched();
    TapConfig config = config(server.plainPort()).withRewrites(rules(), true);
    try (Tap tap = Tap.start(config, seen)) {
      Transmission sent = pressed(server, Trust.insecure(), tap, 0, seen);
      witness.alterations(seen);
      witness.server(server.store().read(LED));
      expectLost(outcome("plain TCP", server, seen, sent));
    }
  }

  private static boolean isRead(Watched seen) {
    return seen.first(TapEvent.Segment.class, each -> each.shown().equals(ON)).isPresent();
  }

  /** Has a board press a button while the register holds something that no board writes. */
  private Transmission pressed(TestServer server, Trust trust, Tap tap, int button, Watched seen) {
    write(server, OTHER);
    Transmission sent = press(trust, tap.address().getPort(), button);
    seen.awaitClosed(1);
    witness.board(sent);
    return sent;
  }

  private Outcome outcome(String verifies, TestServer server, Watched seen, Transmission sent) {
    Outcome outcome =
        new Outcome(
            verifies, isRead(seen), server.store().read(LED) == 0, sent.verdict() != Verdict.FINE);
    outcomes.add(outcome);
    return outcome;
  }

  private void expectLost(Outcome outcome) {
    teacher.expect(
        outcome.read() && outcome.altered() && !outcome.noticed(),
        "the server stored 0000, and the board holds its 0001 for stored");
  }

  private void fromOutside(TestServer server) {
    teacher.step("TLS, from outside: there is nothing to read");
    teacher.say(
        "The same message over TLS. The tap passes the bytes on as they are, and sees that there is",
        "TLS, how much of it and when; the message itself is encrypted.");
    Watched seen = new Watched();
    try (Tap tap = Tap.start(config(server.tlsPort()), seen)) {
      Transmission sent = press(Trust.caFile(server.caFile()), tap.address().getPort(), 1);
      seen.awaitClosed(1);
      witness.board(sent);
      witness.records(seen);
      teacher.expect(
          seen.first(TapEvent.Segment.class, each -> each.shown().contains("018C05")).isEmpty(),
          "the message is in none of the segments");
      teacher.expect(sent.verdict() == Verdict.FINE, "and it arrived");
    }
  }

  private void inTheMiddle(TestServer server) {
    teacher.step("TLS, in the middle: a board that verifies nothing");
    teacher.say(
        "Now the tap answers the handshake itself, with a certificate that it has made: it names the",
        "server as the real one does, but is signed by a CA that nobody knows. With the server it",
        "speaks TLS as any client does. In between it reads, and alters: " + RULE + ".");
    Watched seen = new Watched();
    try (Tap tap = Tap.start(middle(server).withRewrites(rules(), false), seen)) {
      Transmission sent = pressed(server, Trust.insecure(), tap, 1, seen);
      witness.tls(seen);
      witness.alterations(seen);
      witness.server(server.store().read(LED));
      teacher.expect(
          server.store().read(LED) == 0, "the server stored what the tap made of the message");
      teacher.expect(
          sent.verdict() == Verdict.WRONG_REPLY,
          "the board could tell by the reply alone, since this one compares it");
    }
  }

  private void unnoticed(TestServer server) {
    teacher.step("... and without a trace");
    teacher.say("A man in the middle alters the reply too. There is TLS, and it helped nobody.");
    Watched seen = new Watched();
    try (Tap tap = Tap.start(middle(server).withRewrites(rules(), true), seen)) {
      Transmission sent = pressed(server, Trust.insecure(), tap, 1, seen);
      witness.alterations(seen);
      witness.server(server.store().read(LED));
      expectLost(outcome("TLS, verifies nothing", server, seen, sent));
    }
  }

  private void verified(TestServer server, String what, Trust trust) {
    teacher.step("A board that verifies: " + what);
    teacher.say(
        "The same tap, and a board that looks at the certificate before it sends anything.");
    Watched seen = new Watched();
    try (Tap tap = Tap.start(middle(server).withRewrites(rules(), true), seen)) {
      Transmission sent = pressed(server, trust, tap, 1, seen);
      Optional<TapEvent.HungUp> hungUp = seen.first(TapEvent.HungUp.class, each -> true);
      teacher.saw(
          "tap",
          hungUp
              .map(each -> "the board hung up: " + each.sentence())
              .orElse("the board did not hang up"));
      Outcome outcome = outcome("TLS, " + what, server, seen, sent);
      teacher.expect(
          hungUp.isPresent() && sent.verdict() == Verdict.NOT_TRUSTED,
          "the board hung up, and said why");
      teacher.expect(
          !outcome.read() && server.store().read(LED) == OTHER,
          "nothing of the message reached the tap or the server");
    }
    Transmission direct = press(trust, server.tlsPort(), 1);
    teacher.saw("directly", "%s, answered %s".formatted(direct.sent(), direct.received()));
    teacher.expect(
        direct.verdict() == Verdict.FINE, "without the tap the same board reaches its server");
  }

  private void sideBySide() {
    teacher.step("Side by side");
    teacher.say(Outcome.head());
    outcomes.forEach(each -> teacher.say(each.row()));
    teacher.say(
        "",
        "Encryption alone does not help against who sits in the middle. What helps is that the board",
        "verifies: load the server's root certificate into it, or pin the certificate itself.");
  }

  // ---- what takes part

  private static TapConfig config(int port) {
    return TapConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), HOST, port);
  }

  private static TapConfig middle(TestServer server) {
    return config(server.tlsPort()).withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
  }

  private static List<Rewrite> rules() {
    return List.of(Rewrite.parse(RULE));
  }

  /** Makes a board for one press of its button. */
  private static Transmission press(Trust trust, int port, int button) {
    try (Board board = board(trust, port)) {
      return board.press(button);
    }
  }

  private static Board board(Trust trust, int port) {
    return Board.builder(HOST)
        .plainPort(port)
        .tlsPort(port)
        .trust(trust)
        .mac(MAC)
        .handshakeTimeout(PATIENCE.multipliedBy(6))
        .replyTimeout(PATIENCE)
        .build();
  }

  private static String fingerprint(TestServer server) {
    return server.identity().ec().fingerprint();
  }

  /** Has the register hold something that no board writes. */
  private static void write(TestServer server, int value) {
    try (WwepClient client = WwepClient.builder(HOST).port(server.plainPort()).build()) {
      client.write(LED >>> 8, LED & 0xFF, value);
    }
  }
}
