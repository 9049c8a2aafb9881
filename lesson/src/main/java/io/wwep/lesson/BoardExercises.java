package io.wwep.lesson;

import io.wwep.board.Board;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.client.Trust;
import io.wwep.lesson.Compiler.Built;
import io.wwep.protocol.RegisterId;
import io.wwep.testkit.SmallServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Exercises 01, 02, 03 and 06: boards, a virtual one and one in C. One thread. */
final class BoardExercises {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NOT_TRUSTED = 4;

  /** On, off and on again: two might be a restart of the board. */
  private static final int PRESSES = 3;

  private static final String VERIFIES = "verifies";
  private static final String TRUSTS = "trusts";

  private final Workshop shop;

  BoardExercises(Workshop shop) {
    this.shop = shop;
  }

  // ---- 01

  void toggle(Notes notes) {
    notes.say(
        "A press of the button flips the LED and writes its state to register 05 of the device, whose",
        "ID is the sum of the MAC address' octets: 'W', device, register, value, eleven bytes, no NUL.");
    try (Board board = shop.board().build()) {
      int mark = shop.mark();
      for (int i = 0; i < PRESSES; i++) {
        notes.saw(board.press(0));
      }
      notes.saw(shop.since(mark, PRESSES));
      notes.java(holds(board.deviceId(), 1), "the server holds 0001 for the LED that is on");
      List<String> came =
          inC(notes, CProgram.EXERCISE01, "000q", 0, "--port", "" + shop.server().plainPort());
      if (came != null) {
        notes.c(
            holds(Workshop.MAC_IN_C.deviceId(), 1) && came.size() == PRESSES,
            "the board in C has written its LED three times");
      }
    }
    list(notes);
  }

  /** A board that does not read its reply is gone before the server has stored what it sent. */
  private boolean holds(int device, int value) {
    int address = new RegisterId(device, Board.LED_REGISTER).address();
    return shop.await(() -> shop.server().store().read(address) == value);
  }

  // ---- 02

  void replies(Notes notes) {
    notes.say(
        "The board reads the reply: eleven bytes that begin with A, or a lone X. It reads until it has",
        "them, the server closes, or 500 ms are over. An illegal packet must get the X.");
    try (Board board = shop.board().build()) {
      int mark = shop.mark();
      Transmission legal = board.press(0);
      Transmission illegal = board.send(false, incomplete(board));
      Transmission back = board.readBack(false);
      notes.saw(legal);
      notes.saw(illegal);
      notes.saw(back);
      notes.saw(shop.since(mark, 3));
      notes.java(legal.verdict() == Verdict.FINE, "the legal packet was accepted");
      notes.java(
          illegal.received().equals("X"), "the illegal packet got an X, and nothing was stored");
      notes.java(back.verdict() == Verdict.FINE, "what was written can be read back");
      List<String> came =
          inC(notes, CProgram.EXERCISE02, "0xq", 0, "--port", "" + shop.server().plainPort());
      if (came != null) {
        notes.c(came.size() == 2, "the board in C has got its A and its X");
      }
    }
    list(notes);
  }

  /** Illegal as the lecture's is, and with a device that the list of the class can tell. */
  private static byte[] incomplete(Board board) {
    return "W%04X05".formatted(board.deviceId()).getBytes(StandardCharsets.US_ASCII);
  }

  // ---- 03

  void tls(Notes notes) {
    notes.say(
        "The same over TLS. A board with the server's root certificate verifies whom it talks to; one",
        "without encrypts, and does not know for whom.");
    try (Board verifying = shop.board().trust(shop.trust()).build();
        Board trusting = shop.board().trust(Trust.insecure()).build()) {
      int mark = shop.mark();
      Transmission verified = verifying.press(1);
      Transmission unverified = trusting.press(1);
      notes.saw(VERIFIES, verified);
      notes.saw(TRUSTS, unverified);
      notes.saw(shop.since(mark, 2));
      notes.java(verified.verdict() == Verdict.FINE, "the board that verifies reaches its server");
      notes.java(unverified.verdict() == Verdict.FINE, "so does the one that does not");
      wrongCertificate(notes);
      probe(notes, verifying);
      tlsInC(notes);
    }
    list(notes);
  }

  private void wrongCertificate(Notes notes) {
    notes.say("Now a server with a certificate that looks the same, and that nobody has signed.");
    try (SmallServer impostor = SmallServer.tls(shop.wrongTls())) {
      Transmission refused = pressed(impostor, shop.trust());
      notes.saw(VERIFIES, refused);
      notes.java(
          refused.verdict() == Verdict.NOT_TRUSTED && impostor.exchanges().isEmpty(),
          "the board that verifies hangs up, and the impostor gets nothing");
      Transmission given = pressed(impostor, Trust.insecure());
      notes.saw(TRUSTS, given);
      impostor.exchanges().forEach(each -> notes.saw("impostor", each));
      notes.java(
          given.verdict() == Verdict.FINE && impostor.exchanges().size() == 1,
          "the board that does not verify gives its message to the impostor");
    }
  }

  private Transmission pressed(SmallServer server, Trust trust) {
    try (Board board = shop.board().tlsPort(server.tlsPort()).trust(trust).build()) {
      return board.press(1);
    }
  }

  /** As a teacher finds it out: the server itself shows a wrong certificate, once. */
  private void probe(Notes notes, Board verifying) {
    shop.list().probe();
    Transmission probed = verifying.press(1);
    notes.saw(VERIFIES, probed);
    notes.list(
        probed.verdict() == Verdict.NOT_TRUSTED && shop.list().verifies().orElse(false),
        "a probe of the class, a wrong certificate shown once, tells that the board verifies");
  }

  private void tlsInC(Notes notes) {
    String port = "" + shop.server().tlsPort();
    String root = shop.root().toString();
    List<String> came = inC(notes, CProgram.EXERCISE03, "0xq", 0, "--tls-port", port, "--ca", root);
    if (came == null) {
      return;
    }
    notes.c(came.size() == 2, "the board in C does the same with the root certificate");
    try (SmallServer impostor = SmallServer.tls(shop.wrongTls())) {
      String wrong = "" + impostor.tlsPort();
      inC(notes, CProgram.EXERCISE03, "0q", NOT_TRUSTED, "--tls-port", wrong, "--ca", root);
      notes.c(impostor.exchanges().isEmpty(), "and hangs up on the impostor");
    }
  }

  // ---- 06

  void both(Notes notes) {
    notes.say(
        "One board, two ways: button 0 sends in clear, button 1 over TLS. Both ports are doors to the",
        "same registers, so what comes by one is read by the other.");
    try (Board board = shop.board().trust(shop.trust()).build()) {
      int mark = shop.mark();
      Transmission plain = board.press(0);
      Transmission secure = board.press(1);
      Transmission back = board.readBack(false);
      List.of(plain, secure, back).forEach(notes::saw);
      notes.saw(shop.since(mark, 3));
      notes.java(
          plain.verdict() == Verdict.FINE && !plain.secure(), "button 0 was answered in clear");
      notes.java(secure.verdict() == Verdict.FINE && secure.secure(), "button 1 over TLS");
      notes.java(
          back.verdict() == Verdict.FINE, "what came over TLS is read back through the plain port");
      List<String> came =
          inC(
              notes,
              CProgram.EXERCISE06,
              "01q",
              0,
              "--port",
              "" + shop.server().plainPort(),
              "--tls-port",
              "" + shop.server().tlsPort(),
              "--ca",
              shop.root().toString());
      if (came != null) {
        notes.c(
            came.stream().anyMatch(line -> line.contains(" plain "))
                && came.stream().anyMatch(line -> line.contains(" TLS ")),
            "the board in C has used both doors");
      }
    }
    list(notes);
  }

  // ---- what they share

  private void list(Notes notes) {
    boolean done = shop.list().isDone(notes.number());
    notes.list(
        done,
        done
            ? "the list of the class says that exercise %s is done".formatted(notes.number())
            : "the list of the class says: " + shop.list().missing(notes.number()));
  }

  /**
   * Runs a board in C with these keys.
   *
   * @return a line for each key that it took, or null when it did not run
   */
  private List<String> inC(
      Notes notes, CProgram program, String keys, int exit, String... options) {
    Built built = shop.compiler().build(program);
    if (built.missing() != null) {
      notes.leftOut(built.missing());
      return null;
    }
    if (built.problem() != null) {
      notes.c(false, program.program() + ".c: " + built.problem());
      return null;
    }
    List<String> command = new ArrayList<>(List.of(built.program().toString()));
    command.addAll(List.of("--host", Workshop.HOST, "--mac", Workshop.MAC_IN_C.toString()));
    command.addAll(List.of(options));
    Finished run = Finished.of(command, null, keys, PATIENCE);
    List<String> told = run.lines().stream().filter(line -> line.matches("[01x]  .*")).toList();
    told.forEach(line -> notes.saw("in C", line));
    if (run.exit() != exit) {
      notes.c(
          false,
          "%s ended with code %d and not %d: %s"
              .formatted(program.program(), run.exit(), exit, run.firstLine()));
    }
    return told;
  }
}
