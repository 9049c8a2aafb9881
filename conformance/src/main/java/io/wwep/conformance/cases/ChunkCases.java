package io.wwep.conformance.cases;

import io.wwep.conformance.cases.ChunkedMessage.Due;
import io.wwep.conformance.wire.Crowd;
import io.wwep.conformance.wire.Crowd.Client;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Port;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * "A frame is complete with its last digit, whether it came in one segment or in eleven":
 * PROTOCOL.md, "Frames in a stream", at every chunk boundary. Many connections at a time.
 */
final class ChunkCases {

  /** Messages up to this length are cut in all 2^(n-1) ways. */
  private static final int ALL_CUTS_LENGTH_MAX = 11;

  /** On TLS, where a connection costs more. */
  private static final int ALL_CUTS_TLS_LENGTH_MAX = 7;

  private static final String REPLY = "A####0B1234";

  private ChunkCases() {}

  static Stream<Case> all() {
    return Stream.of(Level.FULL, Level.EXHAUSTIVE)
        .flatMap(
            level ->
                Stream.concat(
                    legal().stream().flatMap(message -> cases(message, level, true)),
                    illegal().stream().flatMap(message -> cases(message, level, false))));
  }

  private static List<ChunkedMessage> legal() {
    return List.of(
        ChunkedMessage.legal("W####0B1234", new Due(10, REPLY)),
        ChunkedMessage.legal("W~~~~0b1234", new Due(10, REPLY)),
        ChunkedMessage.legal("R####0B", new Due(6, REPLY)),
        ChunkedMessage.legal("R~~~~0b", new Due(6, REPLY)),
        ChunkedMessage.legal("R####0C", new Due(6, "X")),
        ChunkedMessage.legal("\r\nR####0B\r\n", new Due(8, REPLY)),
        ChunkedMessage.legal("W####0B1234\r\n", new Due(10, REPLY)),
        ChunkedMessage.legal("R####0BR####0C", new Due(6, REPLY), new Due(13, "X")),
        ChunkedMessage.legal("R####0B\nW####0B1234", new Due(6, REPLY), new Due(18, REPLY)));
  }

  private static List<ChunkedMessage> illegal() {
    return List.of(
        ChunkedMessage.illegal("W01234\n", 6),
        ChunkedMessage.illegal("W01234\r\n", 6),
        ChunkedMessage.illegal("hello\n", 0),
        ChunkedMessage.illegal("w####0B1234\n", 0),
        ChunkedMessage.illegal("A####0B1234\n", 0),
        ChunkedMessage.illegal("W####0B12G4\n", 9),
        ChunkedMessage.illegal("R####0G\n", 6),
        ChunkedMessage.illegal("W####0B123\n", 10),
        ChunkedMessage.overLong("R####0B\0\n", 7, "X"),
        ChunkedMessage.overLong("R####0B1\n", 7, "X"),
        ChunkedMessage.overLong("W####0B12345\n", 11, REPLY),
        ChunkedMessage.overLong("W####0B1234\0\n", 11, REPLY));
  }

  private static Stream<Case> cases(ChunkedMessage message, Level level, boolean written) {
    String how = level == Level.FULL ? "cut at most twice" : "cut in every way";
    return Case.onEach(
            Clause.COMPLETE,
            "%s, %s".formatted(message, how),
            level,
            talk -> {
              if (written) {
                talk.ask("W####0B1234", REPLY);
              }
              runAll(message, talk, cuts(message.sent().length(), talk.port(), level), level);
            })
        .map(Case::alone);
  }

  private static void runAll(ChunkedMessage message, Talk talk, IntStream cuts, Level level)
      throws Exception {
    try (Crowd crowd = new Crowd(level == Level.FULL ? Crowd.SMALL : Crowd.LARGE)) {
      crowd.runAll(cuts.mapToObj(each -> client(message, talk, each)).toList());
    }
  }

  private static Client client(ChunkedMessage message, Talk talk, int cuts) {
    return () -> {
      try {
        message.run(talk, cuts);
      } catch (Mismatch failed) {
        String how = "%s, when cut at bits %s,".formatted(failed.expected(), bits(cuts));
        throw new Mismatch(how, failed.came(), failed.clue());
      }
    };
  }

  private static String bits(int cuts) {
    return Integer.toBinaryString(cuts);
  }

  /** Cut i is behind byte i; long messages have at most two cuts, and all. */
  private static IntStream cuts(int length, Port port, Level level) {
    int all = 1 << (length - 1);
    int lengthMax = port == Port.PLAIN ? ALL_CUTS_LENGTH_MAX : ALL_CUTS_TLS_LENGTH_MAX;
    return level == Level.EXHAUSTIVE && length <= lengthMax
        ? IntStream.range(0, all)
        : IntStream.range(0, all).filter(cuts -> Integer.bitCount(cuts) <= 2 || cuts == all - 1);
  }
}
