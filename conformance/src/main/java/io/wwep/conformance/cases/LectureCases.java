package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the lecture asks of every server: one message for each connection, one connection at a time.
 * Whether the server closes behind its reply or waits for the client to do so is its own affair.
 */
final class LectureCases {

  private static final Level LEVEL = Level.LECTURE;

  /** A second reply comes right behind the first one, or with the next read. */
  private static final int NO_MORE_MILLIS = 300;

  /** Far less than any pause that makes a frame illegal, and enough for a read of its own. */
  private static final int BETWEEN_PIECES_MILLIS = 20;

  private static final int REGISTERS = 24;

  private LectureCases() {}

  static Stream<Case> all() {
    return Stream.of(messages(), registers(), illegal(), pieces(), replies(), LectureTimes.all())
        .flatMap(cases -> cases);
  }

  private static Stream<Case> each(Clause clause, String title, String cure, Case.Script script) {
    return Case.onEach(clause, title, LEVEL, script).map(each -> each.cure(cure));
  }

  private static Stream<Case> messages() {
    return Stream.of(
            each(
                Clause.MESSAGES,
                "a write",
                "answer a write with A and its ten digits: 4 of the device, 2 of the register, 4 of the value",
                talk -> talk.ask("W####0B1234", "A####0B1234")),
            each(
                Clause.MESSAGES,
                "a read of what was written",
                "keep what was written beyond the connection, and answer a read with A, device, register and value",
                talk -> {
                  talk.ask("W####0B1234", "A####0B1234");
                  talk.ask("R####0B", "A####0B1234");
                }),
            each(
                Clause.MESSAGES,
                "a read of what nobody wrote",
                "answer X to a read of a register that no write named before; name devices that nobody wrote to where these were written",
                talk -> talk.ask("R####0B", "X")),
            each(
                Clause.MESSAGES,
                "digits in lower case",
                "take the digits a to f too, and write replies in upper case",
                talk -> {
                  talk.ask("W~~~~0babcd", "A####0BABCD");
                  talk.ask("R~~~~0b", "A####0BABCD");
                  talk.ask("R####0B", "A####0BABCD");
                }))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> registers() {
    return Stream.of(
            each(
                Clause.MESSAGES,
                "a written 0000",
                "remember that a register was written apart from its value: 0000 is one",
                talk -> {
                  talk.ask("W####000000", "A####000000");
                  talk.ask("R####00", "A####000000");
                  talk.ask("R####01", "X");
                }),
            each(
                Clause.MESSAGES,
                "the largest numbers",
                "keep values as unsigned 16 bits, and registers as unsigned 8 bits",
                talk -> {
                  talk.ask("W####FFFFFF", "A####FFFFFF");
                  talk.ask("R####FF", "A####FFFFFF");
                  talk.ask("W####80FF80", "A####80FF80");
                  talk.ask("R####80", "A####80FF80");
                }),
            each(
                Clause.MESSAGES,
                "a second write to one register",
                "replace the value where the database has the register already",
                talk -> {
                  talk.ask("W####0B1111", "A####0B1111");
                  talk.ask("W####0B2222", "A####0B2222");
                  talk.ask("R####0B", "A####0B2222");
                }),
            each(
                Clause.MESSAGES,
                "devices apart",
                "look values up by device and register together",
                LectureCases::devicesApart),
            each(
                Clause.MESSAGES,
                "many registers",
                "let the database grow with each new register, as a linked list does",
                LectureCases::manyRegisters))
        .flatMap(cases -> cases);
  }

  private static void devicesApart(Talk talk) throws IOException {
    String other = talk.otherDevice();
    talk.ask("W####0B1111", "A####0B1111");
    talk.ask("R" + other + "0B", "X");
    talk.ask("W" + other + "0B2222", "A" + other + "0B2222");
    talk.ask("R####0B", "A####0B1111");
  }

  private static void manyRegisters(Talk talk) throws IOException {
    List<String> written =
        IntStream.range(0, REGISTERS).mapToObj(i -> "####%02X%04X".formatted(7 * i, i)).toList();
    for (String each : written) {
      talk.ask("W" + each, "A" + each);
    }
    for (String each : written) {
      talk.ask("R" + each.substring(0, 6), "A" + each);
    }
  }

  private static Stream<Case> illegal() {
    return Stream.of(
            illegal("the lecture's short write", "W01234"),
            illegal("a command in lower case", "w####0B1234"),
            illegal("a letter that is no digit", "W####0B12G4"),
            illegal("a reply", "A####0B1234"),
            illegal("a word", "hello"),
            illegal("a read in lower case", "r####0C", "0C"),
            illegal("a read with a letter that is no digit", "R####0Z", "00"),
            illegal("another command", "Z####0B1234"))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> illegal(String title, String frame) {
    return each(
        Clause.ILLEGAL,
        title,
        Clause.ILLEGAL.cure(),
        talk -> {
          talk.ask(frame, "X");
          talk.ask("R####0B", "X");
        });
  }

  /**
   * An illegal read of a register that holds something: a server that takes it shows that.
   *
   * @param register two digits
   */
  private static Stream<Case> illegal(String title, String frame, String register) {
    return each(
        Clause.ILLEGAL,
        title,
        Clause.ILLEGAL.cure(),
        talk -> {
          String written = "A####" + register + "1234";
          talk.ask("W" + written.substring(1), written);
          talk.ask(frame, "X");
        });
  }

  private static Stream<Case> pieces() {
    String cure = Clause.COMPLETE.cure();
    return Stream.of(
            each(
                Clause.COMPLETE,
                "a write in two pieces",
                cure,
                talk -> {
                  for (int cut : new int[] {1, 5, 10}) {
                    inPieces(talk, "W####0B1234", "A####0B1234", cut);
                  }
                }),
            each(
                Clause.COMPLETE,
                "a write byte by byte",
                cure,
                talk ->
                    inPieces(talk, "W####0B1234", "A####0B1234", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
            each(
                Clause.COMPLETE,
                "a read in pieces",
                cure,
                talk -> {
                  inPieces(talk, "R####0B", "X", 1, 4);
                  talk.ask("W####0B1234", "A####0B1234");
                  inPieces(talk, "R####0B", "A####0B1234", 6);
                }))
        .flatMap(cases -> cases);
  }

  private static void inPieces(Talk talk, String message, String reply, int... cuts)
      throws Exception {
    String frame = talk.fill(message);
    try (Wire wire = talk.connect()) {
      int start = 0;
      for (int cut : cuts) {
        wire.send(frame.substring(start, cut));
        Talk.pause(BETWEEN_PIECES_MILLIS);
        start = cut;
      }
      wire.exchange(frame.substring(start), talk.fill(reply));
    }
  }

  private static Stream<Case> replies() {
    return Stream.of(
            once("one reply to a write", "W####0B1234", "A####0B1234"),
            once("one reply to a read", "R####0B", "A####0B1234"),
            once("one reply to a read of what nobody wrote", "R####0C", "X"),
            once("one reply to an illegal message", "hello", "X"),
            Stream.of(
                Case.of(
                        Clause.DOORS,
                        "nothing in clear through the TLS port",
                        LEVEL,
                        Doors.TLS,
                        LectureCases::nothingInClear)
                    .cure("take messages only when the TLS handshake is over"),
                Case.of(
                    Clause.DOORS,
                    "written through one port, read through the other",
                    LEVEL,
                    Doors.BOTH,
                    LectureCases::oneDatabase)))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> once(String title, String message, String reply) {
    return each(
        Clause.MESSAGES,
        title,
        "send one reply for each message, with nothing behind it",
        talk -> {
          talk.ask("W####0B1234", "A####0B1234");
          try (Wire wire = talk.connect()) {
            wire.exchange(talk.fill(message), talk.fill(reply));
            wire.expectNoMore(NO_MORE_MILLIS);
          }
        });
  }

  private static void nothingInClear(Talk talk) throws IOException {
    try (Wire wire = talk.clear(talk.port())) {
      wire.send(talk.fill("W####0B1234"));
      String came = wire.readSome();
      if (came.startsWith("A")) {
        throw new Mismatch("no A in clear", came, Clue.ACCEPTED);
      }
    }
    talk.ask("R####0B", "X");
  }

  private static void oneDatabase(Talk talk) throws IOException {
    talk.ask(talk.ports().get(0), "W####0B1234", "A####0B1234");
    talk.ask(talk.ports().get(1), "R####0B", "A####0B1234");
    talk.ask(talk.ports().get(1), "W####0C5678", "A####0C5678");
    talk.ask(talk.ports().get(0), "R####0C", "A####0C5678");
  }
}
