package io.wwep.it.conformance;

import io.wwep.it.conformance.ChunkedMessage.Due;
import io.wwep.it.conformance.Crowd.Client;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * "A frame is complete with its last digit, whether it came in one segment or in eleven":
 * PROTOCOL.md, "TCP is a stream", at every chunk boundary.
 */
class ChunksConformanceTest {

  /** Messages up to this length are cut in all 2^(n-1) ways. */
  private static final int ALL_CUTS_LENGTH_MAX = 11;

  private static final String REPLY = "A####0B1234";

  private static TargetServer target;
  private static Crowd crowd;
  private static Devices devices;

  @BeforeAll
  static void open() {
    target = TargetServer.open();
    crowd = new Crowd();
    devices = new Devices(target);
  }

  @AfterAll
  static void close() {
    crowd.close();
    target.close();
  }

  static Stream<ChunkedMessage> messages() {
    return Stream.of(
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

  static Stream<ChunkedMessage> illegalMessages() {
    return Stream.of(
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

  @ParameterizedTest
  @MethodSource("messages")
  void shouldAnswerHoweverAMessageIsCut(ChunkedMessage message) throws Exception {
    String device = devices.fresh();
    try (Wire wire = Wire.connect(target, Port.PLAIN)) {
      wire.exchange(WireCase.fill("W####0B1234", device), WireCase.fill(REPLY, device));
    }
    runAll(message, device);
  }

  @ParameterizedTest
  @MethodSource("illegalMessages")
  void shouldRejectHoweverAMessageIsCut(ChunkedMessage message) throws Exception {
    runAll(message, devices.fresh());
  }

  private static void runAll(ChunkedMessage message, String on) throws Exception {
    List<Client> clients =
        Stream.of(Port.values())
            .filter(port -> port == Port.PLAIN || target.tlsPort() != TargetServer.NOT_SERVED)
            .flatMap(
                port ->
                    cuts(message.sent().length(), port)
                        .mapToObj(cuts -> client(message, port, on, cuts)))
            .toList();
    crowd.runAll(clients);
  }

  private static Client client(ChunkedMessage message, Port port, String on, int cuts) {
    return () -> {
      try {
        message.run(target, port, on, cuts);
      } catch (AssertionError failed) {
        String how = "%s, cut at bits %s: ".formatted(port, Integer.toBinaryString(cuts));
        throw new AssertionError(how + failed.getMessage(), failed);
      }
    };
  }

  /** On TLS, where a connection costs more, and for long messages: at most two cuts, and all. */
  private static IntStream cuts(int length, Port port) {
    int all = 1 << (length - 1);
    int lengthMax = port == Port.PLAIN ? ALL_CUTS_LENGTH_MAX : ALL_CUTS_LENGTH_MAX - 4;
    return length <= lengthMax
        ? IntStream.range(0, all)
        : IntStream.range(0, all).filter(cuts -> Integer.bitCount(cuts) <= 2 || cuts == all - 1);
  }
}
