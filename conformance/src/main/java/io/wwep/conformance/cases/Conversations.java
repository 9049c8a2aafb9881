package io.wwep.conformance.cases;

import static io.wwep.conformance.cases.Conversation.Fate.GOES_ON;
import static io.wwep.conformance.cases.Conversation.Fate.IS_CLOSED;
import static io.wwep.conformance.cases.Conversation.endOutput;
import static io.wwep.conformance.cases.Conversation.exchange;
import static io.wwep.conformance.cases.Conversation.expect;
import static io.wwep.conformance.cases.Conversation.send;

import java.util.List;
import java.util.stream.Stream;

/** The table: PROTOCOL.md, rule by rule, as far as bytes alone decide. */
final class Conversations {

  private Conversations() {}

  static Stream<Case> all() {
    return Stream.of(messages(), illegal(), streams(), badBytes(), overLong(), ends(), strangers())
        .flatMap(List::stream)
        .flatMap(Conversation::cases);
  }

  private static List<Conversation> messages() {
    return List.of(
        Conversation.of(Clause.MESSAGES, "write", GOES_ON, exchange("W####0B1234", "A####0B1234"))
            .thenStored(exchange("R####0B", "A####0B1234")),
        Conversation.of(
            Clause.MESSAGES,
            "read",
            GOES_ON,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B", "A####0B1234")),
        Conversation.of(
                Clause.MESSAGES,
                "read of a register never written",
                GOES_ON,
                exchange("R####0B", "X"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(
            Clause.MESSAGES,
            "digits in lower case, reply in upper case",
            GOES_ON,
            exchange("W~~~~0babcd", "A####0BABCD"),
            exchange("R~~~~0b", "A####0BABCD")),
        Conversation.of(
            Clause.MESSAGES,
            "digits in both cases in one frame",
            GOES_ON,
            exchange("W####aFfAcE", "A####AFFACE"),
            exchange("R~~~~Af", "A####AFFACE")),
        Conversation.of(
            Clause.MESSAGES,
            "a written 0000 is not a value never written",
            GOES_ON,
            exchange("R####00", "X"),
            exchange("W####000000", "A####000000"),
            exchange("R####00", "A####000000"),
            exchange("R####01", "X")),
        Conversation.of(
            Clause.MESSAGES,
            "first and last register, smallest and largest value",
            GOES_ON,
            exchange("W####00FFFF", "A####00FFFF"),
            exchange("W####FF0000", "A####FF0000"),
            exchange("R####00", "A####00FFFF"),
            exchange("R####FF", "A####FF0000")),
        Conversation.of(
                Clause.MESSAGES,
                "the last write counts",
                GOES_ON,
                exchange("W####0B1111", "A####0B1111"),
                exchange("W####0B2222", "A####0B2222"))
            .thenStored(exchange("R####0B", "A####0B2222")));
  }

  private static List<Conversation> illegal() {
    return List.of(
        illegal("write in lower case", "w####0B1234"),
        illegal("G among the digits", "W####0B12G4"),
        illegal("reply sent as a request", "A####0B1234"),
        illegal("plain word", "hello"),
        illegal("read in lower case", "r####0B"),
        illegal("X alone", "X"),
        illegal("blank in front", " W####0B1234"),
        illegal("command twice", "WW####0B123"),
        illegal("minus in the value", "W####0B-123"),
        illegal("0x in front of the device", "W0x####0B12"),
        illegal("read with a value", "R####0B1234"),
        illegal("NUL", "\0"),
        illegal("byte FF", "\u00FF"),
        illegal("question mark and CR", "?\r"));
  }

  private static Conversation illegal(String title, String frame) {
    return Conversation.of(
            Clause.ILLEGAL, title + ", on one connection", IS_CLOSED, exchange(frame, "X"))
        .thenStored(exchange("R####0B", "X"));
  }

  private static List<Conversation> streams() {
    return List.of(
        Conversation.of(
            Clause.COMPLETE, "answered without a terminator", IS_CLOSED, exchange("R####0B", "X")),
        Conversation.of(
            Clause.LINE_ENDS,
            "LF, as echo sends it",
            IS_CLOSED,
            exchange("W####0B1234\n", "A####0B1234")),
        Conversation.of(
            Clause.LINE_ENDS,
            "CR LF, as telnet sends it",
            GOES_ON,
            exchange("W####0B1234\r\n", "A####0B1234"),
            exchange("R####0B\r\n", "A####0B1234")),
        Conversation.of(
            Clause.LINE_ENDS,
            "before, between and behind",
            GOES_ON,
            exchange(
                "\r\n\n\rW####0B1234\n\n\r\r\nR####0B\rR####0C\r\n", "A####0B1234A####0B1234X")),
        Conversation.of(
                Clause.PIPELINING,
                "replies in order, one for each",
                GOES_ON,
                exchange(
                    "W####0B1111R####0BW####0B2222R####0BR####0CW####0C0000\nR####0C",
                    "A####0B1111A####0B1111A####0B2222A####0B2222XA####0C0000A####0C0000"))
            .thenStored(exchange("R####0B", "A####0B2222"), exchange("R####0C", "A####0C0000")));
  }

  private static List<Conversation> badBytes() {
    return List.of(
        Conversation.of(
                Clause.INSIDE,
                "LF: X, and the next line counts",
                GOES_ON,
                exchange("W####0B12\nW####0C1234", "XA####0C1234"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(Clause.INSIDE, "CR LF: one X", GOES_ON, exchange("W01234\r\n", "X")),
        Conversation.of(Clause.INSIDE, "behind the command alone", GOES_ON, exchange("R\n", "X")),
        Conversation.of(Clause.INSIDE, "a CR without its LF", IS_CLOSED, exchange("W####\r", "X")),
        Conversation.of(
                Clause.FIRST_BAD_BYTE,
                "all up to the LF is thrown away, with one X",
                GOES_ON,
                exchange("W####0BZ W####0B1111 hello\nW####0C2222", "XA####0C2222"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(
            Clause.FIRST_BAD_BYTE,
            "one X for each line",
            GOES_ON,
            exchange("hello\nR####0B\nw####0B1234\r\nhello\n", "XXXX")),
        Conversation.of(
                Clause.FIRST_BAD_BYTE,
                "what comes before it is answered",
                IS_CLOSED,
                exchange("W####0B1234\nhello", "A####0B1234X"))
            .thenStored(exchange("R####0B", "A####0B1234")),
        Conversation.of(
            Clause.FIRST_BAD_BYTE,
            "in a later read",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("hello W####0B5678", "X"),
            send("\nR####0B")));
  }

  private static List<Conversation> overLong() {
    return List.of(
        Conversation.of(
                Clause.OVER_LONG, "a write and a digit", IS_CLOSED, exchange("W####0B12345", "X"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(
                Clause.OVER_LONG, "a write and its NUL", IS_CLOSED, exchange("W####0B1234\0", "X"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(
            Clause.OVER_LONG,
            "a read and a digit",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B1", "X")),
        Conversation.of(
            Clause.OVER_LONG,
            "a read and its NUL",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B\0", "X")),
        Conversation.of(
                Clause.OVER_LONG,
                "the next line counts",
                GOES_ON,
                exchange("W####0B12345\nW####0C1234", "XA####0C1234"))
            .thenStored(exchange("R####0B", "X")),
        Conversation.of(
                Clause.OVER_LONG,
                "the frame before it counts",
                IS_CLOSED,
                exchange("W####0C1234W####0B1234r", "A####0C1234X"))
            .thenStored(exchange("R####0B", "X"), exchange("R####0C", "A####0C1234")),
        Conversation.of(
                Clause.OVER_LONG,
                "in a later read it is a frame and a bad byte",
                IS_CLOSED,
                exchange("W####0B1234", "A####0B1234"),
                exchange("5", "X"))
            .thenStored(exchange("R####0B", "A####0B1234")));
  }

  private static List<Conversation> ends() {
    return List.of(
        Conversation.of(
            Clause.INSIDE,
            "a pause",
            IS_CLOSED,
            exchange("W####0B1111", "A####0B1111"),
            exchange("W####0B12", "X")),
        Conversation.of(
            Clause.INSIDE,
            "a pause in the lecture's short write",
            IS_CLOSED,
            exchange("W01234", "X")),
        Conversation.of(
            Clause.HALF_CLOSE,
            "every complete frame is answered",
            IS_CLOSED,
            send("W####0B1234R####0BR####0C\n"),
            endOutput(),
            expect("A####0B1234A####0B1234X")),
        Conversation.of(
                Clause.HALF_CLOSE,
                "a partial frame gets X",
                IS_CLOSED,
                send("W####0B1234W####0C1"),
                endOutput(),
                expect("A####0B1234X"))
            .thenStored(exchange("R####0C", "X"), exchange("R####0B", "A####0B1234")),
        Conversation.of(
            Clause.HALF_CLOSE,
            "a command letter alone gets X",
            IS_CLOSED,
            send("R"),
            endOutput(),
            expect("X")),
        Conversation.of(
            Clause.HALF_CLOSE,
            "one digit is missing",
            IS_CLOSED,
            send("W####0B123"),
            endOutput(),
            expect("X")),
        Conversation.of(
            Clause.HALF_CLOSE,
            "a session ends",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B", "A####0B1234"),
            endOutput()),
        Conversation.of(Clause.EMPTY, "no byte", IS_CLOSED, endOutput()),
        Conversation.of(Clause.EMPTY, "line ends alone", IS_CLOSED, send("\r\n\r\n"), endOutput()));
  }

  private static List<Conversation> strangers() {
    return List.of(
        Conversation.of(
            Clause.STRANGERS,
            "HTTP gets one X",
            IS_CLOSED,
            exchange("GET / HTTP/1.1\r\nHost: wwep\r\nAccept: */*\r\n\r\n", "X")),
        Conversation.of(
            Clause.STRANGERS,
            "HTTP with a body gets one X",
            IS_CLOSED,
            exchange("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\nW####0B1234", "X")),
        Conversation.of(
            Clause.STRANGERS,
            "the start of a TLS handshake gets one X",
            IS_CLOSED,
            exchange("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003", "X")));
  }
}
