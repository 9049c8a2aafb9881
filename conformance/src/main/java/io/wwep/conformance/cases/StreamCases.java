package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Crowd;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many frames, and many connections: order, pipelining, half-close, one database. */
final class StreamCases {

  private static final int CONNECTIONS = 200;
  private static final int CLIENTS = 24;
  private static final int ROUNDS = 200;
  private static final int COUNT_MAX = 2_000;
  private static final int LATE_MILLIS = 300;

  private static final Level LEVEL = Level.FULL;

  private StreamCases() {}

  static Stream<Case> all() {
    return Stream.of(
            Case.onEach(Clause.PIPELINING, "10,000 frames", LEVEL, StreamCases::manyFrames),
            Case.onEach(
                Clause.HALF_CLOSE, "behind 10,000 frames", LEVEL, StreamCases::halfCloseReadLate),
            Case.onEach(
                Clause.ORDER,
                "a read sees the write before it",
                LEVEL,
                StreamCases::readYourWrites),
            Case.onEach(Clause.ORDER, "200 sessions at a time", LEVEL, StreamCases::manySessions),
            Case.onEach(Clause.ORDER, "24 clients that count up", LEVEL, StreamCases::clientsApart),
            Case.onEach(
                Clause.ORDER, "no older value behind a newer one", LEVEL, StreamCases::noneOlder),
            Case.onEach(Clause.MESSAGES, "first and last device", LEVEL, StreamCases::corners),
            Stream.of(
                Case.of(
                    Clause.DOORS, "200 values in turn", LEVEL, Doors.BOTH, StreamCases::inTurn)))
        .flatMap(cases -> cases)
        .map(Case::alone);
  }

  private static void manyFrames(Talk talk) throws Exception {
    FrameScript script = new FrameScript(talk.fill("####"), 1);
    try (Crowd crowd = new Crowd();
        Wire wire = talk.connect()) {
      Future<Void> sender = crowd.start(() -> wire.send(script.frames()));
      wire.expect(script.replies());
      Crowd.await(sender);
    }
  }

  private static void halfCloseReadLate(Talk talk) throws Exception {
    FrameScript script = new FrameScript(talk.fill("####"), 2);
    try (Crowd crowd = new Crowd();
        Wire wire = talk.connect()) {
      Future<Void> sender =
          crowd.start(
              () -> {
                wire.send(script.frames() + "W0F");
                wire.endOutput();
              });
      Talk.pause(LATE_MILLIS);
      wire.expect(script.replies() + "X");
      wire.expectEnd();
      Crowd.await(sender);
    }
  }

  private static void readYourWrites(Talk talk) throws IOException {
    String frames =
        IntStream.range(0, 1_000)
            .mapToObj("%04X"::formatted)
            .map(value -> "W####0B" + value + "R####0B")
            .reduce("", String::concat);
    String replies =
        IntStream.range(0, 1_000)
            .mapToObj("%04X"::formatted)
            .map(value -> ("A####0B" + value).repeat(2))
            .reduce("", String::concat);
    try (Wire wire = talk.connect()) {
      wire.exchange(talk.fill(frames), talk.fill(replies));
    }
  }

  private static void manySessions(Talk talk) throws IOException {
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Wire wire = talk.connect();
        wires.add(wire);
        wire.exchange(talk.fill("\n\nR####FF"), "X");
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        String reply = talk.fill("A####%02X%04X".formatted(i, i));
        wires.get(i).exchange("W" + reply.substring(1), reply);
        wires.get(CONNECTIONS - 1 - i).exchange("R" + reply.substring(1, 7), reply);
      }
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  /** Each client counts a register of its own up; nobody loses an update or sees an older value. */
  private static void clientsApart(Talk talk) throws Exception {
    List<Crowd.Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String register = talk.fill("####%02X".formatted(i));
      clients.add(
          () -> {
            try (Wire wire = talk.connect()) {
              for (int value = 0; value < ROUNDS; value++) {
                String reply = "A%s%04X".formatted(register, value);
                wire.exchange("W" + reply.substring(1) + "R" + register, reply + reply);
              }
            }
          });
    }
    try (Crowd crowd = new Crowd()) {
      crowd.runAll(clients);
    }
  }

  /** A value that was seen once is never followed by an older one, on whatever connection. */
  private static void noneOlder(Talk talk) throws Exception {
    try (Crowd crowd = new Crowd();
        Wire writer = talk.connect();
        Wire one = talk.connect();
        Wire other = talk.connect()) {
      writer.exchange(talk.fill("W####0B0000"), talk.fill("A####0B0000"));
      Future<Void> counting = crowd.start(() -> count(writer, talk));
      int seen = 0;
      while (!counting.isDone()) {
        for (Wire reader : List.of(one, other)) {
          seen = newer(reader, talk, seen);
        }
      }
      Crowd.await(counting);
    }
  }

  private static void count(Wire writer, Talk talk) throws IOException {
    for (int value = 1; value <= COUNT_MAX; value++) {
      String reply = talk.fill("A####0B%04X".formatted(value));
      writer.exchange("W" + reply.substring(1), reply);
    }
  }

  private static int newer(Wire reader, Talk talk, int seen) throws IOException {
    reader.send(talk.fill("R####0B"));
    String reply = reader.readReply();
    int value = reply.equals("X") ? -1 : Integer.parseInt(reply.substring(7), 16);
    if (value < seen) {
      throw new Mismatch("%04X or a newer value".formatted(seen), reply, Clue.WRONG_VALUE);
    }
    return value;
  }

  /** The corners of the address space may hold somebody's values, which are put back. */
  private static void corners(Talk talk) throws IOException {
    for (String id : List.of("000000", "0000FF", "FFFF00", "FFFFFF")) {
      String held = held(talk, id);
      try {
        corner(talk, id);
      } catch (IOException | Mismatch failed) {
        try {
          putBack(talk, held);
        } catch (IOException | Mismatch again) {
          failed.addSuppressed(again);
        }
        throw failed;
      }
      putBack(talk, held);
    }
  }

  /** Returns the reply that a read of a register gets, with 0000 where none was written. */
  private static String held(Talk talk, String id) throws IOException {
    try (Wire wire = talk.connect()) {
      wire.send("R" + id + "\n\n");
      String reply = wire.readReply();
      if (!reply.equals("X") && !reply.startsWith("A" + id)) {
        throw new Mismatch("A%s and a value, or X".formatted(id), reply, Clue.NONE);
      }
      return reply.equals("X") ? "A" + id + "0000" : reply;
    }
  }

  private static void corner(Talk talk, String id) throws IOException {
    try (Wire wire = talk.connect()) {
      wire.exchange("W" + id + "8001", "A" + id + "8001");
      wire.exchange("R" + id, "A" + id + "8001");
      wire.exchange("W" + id + "FFFF", "A" + id + "FFFF");
      wire.exchange("R" + id.toLowerCase(Locale.ROOT), "A" + id + "FFFF");
    }
  }

  private static void putBack(Talk talk, String held) throws IOException {
    try (Wire wire = talk.connect()) {
      wire.exchange("W" + held.substring(1), held);
    }
  }

  private static void inTurn(Talk talk) throws IOException {
    try (Wire plain = talk.connect(Port.PLAIN);
        Wire tls = talk.connect(Port.TLS)) {
      for (int value = 0; value < ROUNDS; value++) {
        Wire writer = value % 2 == 0 ? plain : tls;
        Wire reader = value % 2 == 0 ? tls : plain;
        String reply = talk.fill("A####0B%04X".formatted(value));
        writer.exchange("W" + reply.substring(1), reply);
        reader.exchange(talk.fill("R####0B"), reply);
      }
    }
  }
}
