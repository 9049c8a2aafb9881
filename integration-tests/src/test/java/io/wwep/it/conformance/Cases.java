package io.wwep.it.conformance;

import static io.wwep.it.conformance.WireCase.Fate.GOES_ON;
import static io.wwep.it.conformance.WireCase.Fate.IS_CLOSED;
import static io.wwep.it.conformance.WireCase.endOutput;
import static io.wwep.it.conformance.WireCase.exchange;
import static io.wwep.it.conformance.WireCase.expect;
import static io.wwep.it.conformance.WireCase.send;

import java.util.List;
import java.util.stream.Stream;

/** The table: PROTOCOL.md, rule by rule, as far as bytes alone decide. */
final class Cases {

  private static final String MESSAGES = "messages";
  private static final String ILLEGAL = "everything else is illegal";
  private static final String COMPLETE = "1 a frame is complete with its last digit";
  private static final String LINE_ENDS = "2 CR and LF between frames are skipped";
  private static final String INSIDE = "3 a line end inside a frame";
  private static final String FIRST_BAD_BYTE = "4 the first bad byte";
  private static final String OVER_LONG = "5 over-long";
  private static final String PIPELINING = "6 pipelining";
  private static final String HALF_CLOSE = "7 half-close";
  private static final String EMPTY = "8 an empty connection gets no reply";
  private static final String STRANGERS = "other protocols";

  private Cases() {}

  static Stream<WireCase> all() {
    return Stream.of(messages(), illegal(), streams(), badBytes(), overLong(), ends(), strangers())
        .flatMap(List::stream);
  }

  private static List<WireCase> messages() {
    return List.of(
        WireCase.of(MESSAGES, "write", GOES_ON, exchange("W####0B1234", "A####0B1234"))
            .thenStored(exchange("R####0B", "A####0B1234")),
        WireCase.of(
            MESSAGES,
            "read",
            GOES_ON,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B", "A####0B1234")),
        WireCase.of(MESSAGES, "read of a register never written", GOES_ON, exchange("R####0B", "X"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(
            MESSAGES,
            "digits in lower case, reply in upper case",
            GOES_ON,
            exchange("W~~~~0babcd", "A####0BABCD"),
            exchange("R~~~~0b", "A####0BABCD")),
        WireCase.of(
            MESSAGES,
            "digits in both cases in one frame",
            GOES_ON,
            exchange("W####aFfAcE", "A####AFFACE"),
            exchange("R~~~~Af", "A####AFFACE")),
        WireCase.of(
            MESSAGES,
            "a written 0000 is not a value never written",
            GOES_ON,
            exchange("R####00", "X"),
            exchange("W####000000", "A####000000"),
            exchange("R####00", "A####000000"),
            exchange("R####01", "X")),
        WireCase.of(
            MESSAGES,
            "first and last register, smallest and largest value",
            GOES_ON,
            exchange("W####00FFFF", "A####00FFFF"),
            exchange("W####FF0000", "A####FF0000"),
            exchange("R####00", "A####00FFFF"),
            exchange("R####FF", "A####FF0000")),
        WireCase.of(
                MESSAGES,
                "the last write counts",
                GOES_ON,
                exchange("W####0B1111", "A####0B1111"),
                exchange("W####0B2222", "A####0B2222"))
            .thenStored(exchange("R####0B", "A####0B2222")));
  }

  private static List<WireCase> illegal() {
    return Stream.of(
            "w####0B1234",
            "W####0B12G4",
            "A####0B1234",
            "hello",
            "r####0B",
            "X",
            " W####0B1234",
            "WW####0B123",
            "W####0B-123",
            "W0x####0B12",
            "R####0B1234",
            "\0",
            "\u00FF",
            "?\r")
        .map(
            frame ->
                WireCase.of(ILLEGAL, show(frame), IS_CLOSED, exchange(frame, "X"))
                    .thenStored(exchange("R####0B", "X")))
        .toList();
  }

  private static List<WireCase> streams() {
    return List.of(
        WireCase.of(COMPLETE, "answered without a terminator", IS_CLOSED, exchange("R####0B", "X")),
        WireCase.of(
            LINE_ENDS, "LF, as echo sends it", IS_CLOSED, exchange("W####0B1234\n", "A####0B1234")),
        WireCase.of(
            LINE_ENDS,
            "CR LF, as telnet sends it",
            GOES_ON,
            exchange("W####0B1234\r\n", "A####0B1234"),
            exchange("R####0B\r\n", "A####0B1234")),
        WireCase.of(
            LINE_ENDS,
            "before, between and behind",
            GOES_ON,
            exchange(
                "\r\n\n\rW####0B1234\n\n\r\r\nR####0B\rR####0C\r\n", "A####0B1234A####0B1234X")),
        WireCase.of(
                PIPELINING,
                "replies in order, one for each",
                GOES_ON,
                exchange(
                    "W####0B1111R####0BW####0B2222R####0BR####0CW####0C0000\nR####0C",
                    "A####0B1111A####0B1111A####0B2222A####0B2222XA####0C0000A####0C0000"))
            .thenStored(exchange("R####0B", "A####0B2222"), exchange("R####0C", "A####0C0000")));
  }

  private static List<WireCase> badBytes() {
    return List.of(
        WireCase.of(
                INSIDE,
                "LF: X, and the next line counts",
                GOES_ON,
                exchange("W####0B12\nW####0C1234", "XA####0C1234"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(INSIDE, "CR LF: one X", GOES_ON, exchange("W01234\r\n", "X")),
        WireCase.of(INSIDE, "behind the command alone", GOES_ON, exchange("R\n", "X")),
        WireCase.of(INSIDE, "a CR without its LF", IS_CLOSED, exchange("W####\r", "X")),
        WireCase.of(
                FIRST_BAD_BYTE,
                "all up to the LF is thrown away, with one X",
                GOES_ON,
                exchange("W####0BZ W####0B1111 hello\nW####0C2222", "XA####0C2222"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(
            FIRST_BAD_BYTE,
            "one X for each line",
            GOES_ON,
            exchange("hello\nR####0B\nw####0B1234\r\nhello\n", "XXXX")),
        WireCase.of(
                FIRST_BAD_BYTE,
                "what comes before it is answered",
                IS_CLOSED,
                exchange("W####0B1234\nhello", "A####0B1234X"))
            .thenStored(exchange("R####0B", "A####0B1234")),
        WireCase.of(
            FIRST_BAD_BYTE,
            "in a later read",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("hello W####0B5678", "X"),
            send("\nR####0B")));
  }

  private static List<WireCase> overLong() {
    return List.of(
        WireCase.of(OVER_LONG, "a write and a digit", IS_CLOSED, exchange("W####0B12345", "X"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(OVER_LONG, "a write and its NUL", IS_CLOSED, exchange("W####0B1234\0", "X"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(
            OVER_LONG,
            "a read and a digit",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B1", "X")),
        WireCase.of(
            OVER_LONG,
            "a read and its NUL",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B\0", "X")),
        WireCase.of(
                OVER_LONG,
                "the next line counts",
                GOES_ON,
                exchange("W####0B12345\nW####0C1234", "XA####0C1234"))
            .thenStored(exchange("R####0B", "X")),
        WireCase.of(
                OVER_LONG,
                "the frame before it counts",
                IS_CLOSED,
                exchange("W####0C1234W####0B1234r", "A####0C1234X"))
            .thenStored(exchange("R####0B", "X"), exchange("R####0C", "A####0C1234")),
        WireCase.of(
                OVER_LONG,
                "in a later read it is a frame and a bad byte",
                IS_CLOSED,
                exchange("W####0B1234", "A####0B1234"),
                exchange("5", "X"))
            .thenStored(exchange("R####0B", "A####0B1234")));
  }

  private static List<WireCase> ends() {
    return List.of(
        WireCase.of(
            INSIDE,
            "a pause",
            IS_CLOSED,
            exchange("W####0B1111", "A####0B1111"),
            exchange("W####0B12", "X")),
        WireCase.of(
            INSIDE, "a pause in the lecture's short write", IS_CLOSED, exchange("W01234", "X")),
        WireCase.of(
            HALF_CLOSE,
            "every complete frame is answered",
            IS_CLOSED,
            send("W####0B1234R####0BR####0C\n"),
            endOutput(),
            expect("A####0B1234A####0B1234X")),
        WireCase.of(
                HALF_CLOSE,
                "a partial frame gets X",
                IS_CLOSED,
                send("W####0B1234W####0C1"),
                endOutput(),
                expect("A####0B1234X"))
            .thenStored(exchange("R####0C", "X"), exchange("R####0B", "A####0B1234")),
        WireCase.of(
            HALF_CLOSE,
            "a command letter alone gets X",
            IS_CLOSED,
            send("R"),
            endOutput(),
            expect("X")),
        WireCase.of(
            HALF_CLOSE,
            "one digit is missing",
            IS_CLOSED,
            send("W####0B123"),
            endOutput(),
            expect("X")),
        WireCase.of(
            HALF_CLOSE,
            "a session ends",
            IS_CLOSED,
            exchange("W####0B1234", "A####0B1234"),
            exchange("R####0B", "A####0B1234"),
            endOutput()),
        WireCase.of(EMPTY, "no byte", IS_CLOSED, endOutput()),
        WireCase.of(EMPTY, "line ends alone", IS_CLOSED, send("\r\n\r\n"), endOutput()));
  }

  private static List<WireCase> strangers() {
    return List.of(
        WireCase.of(
            STRANGERS,
            "HTTP gets one X",
            IS_CLOSED,
            exchange("GET / HTTP/1.1\r\nHost: wwep\r\nAccept: */*\r\n\r\n", "X")),
        WireCase.of(
            STRANGERS,
            "HTTP with a body gets one X",
            IS_CLOSED,
            exchange("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\nW####0B1234", "X")),
        WireCase.of(
            STRANGERS,
            "the start of a TLS handshake gets one X",
            IS_CLOSED,
            exchange("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003", "X")));
  }

  private static String show(String frame) {
    return frame.replace("\0", "NUL").replace("\r", "CR").replace("\u00FF", "byte FF");
  }
}
