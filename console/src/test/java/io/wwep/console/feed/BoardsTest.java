package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.WireText;
import io.wwep.server.Probe;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import io.wwep.store.DeviceVisitor;
import io.wwep.store.ForwardingStore;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoardsTest {

  private static final String A = "192.168.1.7:50001";
  private static final String B = "192.168.1.8:50002";

  private final Happenings happenings = new Happenings();
  private final Boards boards = new Boards(BoardWitness.NOBODY);
  private final EventHub hub = new EventHub(boards);
  private final Map<Integer, Integer> values = new HashMap<>();
  private long reads;
  private final Store store =
      new ForwardingStore(new MemoryStore()) {
        @Override
        public int read(int address) {
          reads++;
          return values.getOrDefault(address, Store.ABSENT);
        }

        @Override
        public int visitDevices(int first, int limit, DeviceVisitor visitor) {
          assertThat(Thread.holdsLock(boards)).as("events wait for this lock").isFalse();
          values.keySet().stream()
              .map(address -> address >> Byte.SIZE)
              .distinct()
              .forEach(device -> visitor.device(device, 1));
          return NO_DEVICE;
        }
      };

  @AfterEach
  void close() {
    store.close();
  }

  private void happens(ServerEvent event) {
    hub.event(event);
    happenings.pass(1);
  }

  private JsonObject all() {
    return boards.json(happenings.now(), store);
  }

  private JsonObject board(String device) {
    return cards("boards").stream()
        .filter(card -> card.getString("device").equals(device))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonObject> cards(String list) {
    return all().getJsonArray(list).stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void shouldTellWhatABoardHasReachedAndWhen() {
    String first = Times.text(happenings.now());
    happens(happenings.accepted(A, "W0FAC050001"));
    happens(happenings.ended(A, ServerEvent.End.TAKEN));

    JsonObject stages = board("0FAC").getJsonObject("stages");
    assertThat(stages.getString("connected")).isEqualTo(first);
    assertThat(stages.getString("sent")).isEqualTo(first);
    assertThat(stages.getString("legalWrite")).isEqualTo(first);
    assertThat(stages.getString("replyRead")).isNotNull().isNotEqualTo(first);
    assertThat(stages.getString("tls")).isNull();
    assertThat(board("0FAC").getString("stage")).isEqualTo("replyRead");
    assertThat(board("0FAC").getBoolean("stuck")).isFalse();
    assertThat(board("0FAC").getString("why")).isNull();
  }

  @Test
  void shouldShowRegistersAsTheStoreHasThemAndWhenTheyWereSeenToChange() {
    write(0x0FAC05, 7);
    happens(happenings.accepted(A, "W0FAC050001"));
    String changed = Times.text(happenings.now());
    happens(happenings.accepted(A, "W0FAC050002"));
    happens(happenings.accepted(A, "W0FAC050002"));
    happens(happenings.accepted(A, "R0FAC06"));

    JsonArray registers = board("0FAC").getJsonArray("registers");
    assertThat(registers).as("one is not stored (any more)").hasSize(1);
    assertThat(registers.getJsonObject(0).getString("register")).isEqualTo("05");
    assertThat(registers.getJsonObject(0).getInteger("value")).isEqualTo(7);
    assertThat(registers.getJsonObject(0).getString("changed")).isEqualTo(changed);
  }

  private void write(int address, int value) {
    values.put(address, value);
  }

  @Test
  void shouldSayWhatToDoWhenNoMessageWasLegalYet() {
    happens(happenings.rejected(A, "W0FAC0B12G4", RejectCode.BAD_DIGIT, "byte 10 is no hex digit"));

    JsonObject card = board("0FAC");
    assertThat(card.getBoolean("stuck")).isTrue();
    assertThat(card.getString("why"))
        .isEqualTo("no message of it was legal yet (bad-digit): byte 10 is no hex digit");
    assertThat(card.getLong("rejected")).isEqualTo(1);
    happens(happenings.accepted(A, "W0FAC0B1234"));
    assertThat(board("0FAC").getBoolean("stuck")).isFalse();
  }

  @Test
  void shouldNotCallABoardStuckThatReadsWhatNobodyWroteYet() {
    happens(happenings.rejected(A, "R0FAC0B", RejectCode.NOT_WRITTEN, "0B was never written"));
    assertThat(board("0FAC").getBoolean("stuck")).isFalse();
    for (int i = 0; i < 2; i++) {
      happens(happenings.rejected(A, "R0FAC0B", RejectCode.NOT_WRITTEN, "0B was never written"));
    }
    assertThat(board("0FAC").getString("why"))
        .isEqualTo("the last 3 messages were answered X (not-written): 0B was never written");
  }

  /** Exercise 02 asks for an illegal message. */
  @Test
  void shouldNotCallABoardStuckThatSendsOneIllegalMessageAmongLegalOnes() {
    happens(happenings.accepted(A, "W0FAC0B1234"));
    for (int i = 0; i < 2; i++) {
      happens(happenings.rejected(A, "W0FAC0", RejectCode.INCOMPLETE, "6 of 11 bytes came"));
    }
    assertThat(board("0FAC").getBoolean("stuck")).isFalse();
    happens(happenings.rejected(A, "W0FAC0", RejectCode.INCOMPLETE, "6 of 11 bytes came"));
    assertThat(board("0FAC").getString("why"))
        .isEqualTo("the last 3 messages were answered X (incomplete): 6 of 11 bytes came");
  }

  @Test
  void shouldTellThatRepliesAreNotRead() {
    for (int i = 0; i < 3; i++) {
      happens(happenings.accepted(A, "W0FAC0B1234"));
      assertThat(board("0FAC").getBoolean("stuck")).isFalse();
      happens(happenings.ended(A, ServerEvent.End.RESET));
    }
    assertThat(board("0FAC").getString("why")).contains("reset", "read 11 bytes");
    assertThat(board("0FAC").getString("stage")).isEqualTo("legalWrite");
  }

  @Test
  void shouldListAddressesThatNamedNoBoardUntilTheyDo() {
    happens(happenings.notice(A, "connected and said nothing: is the message flushed?"));
    JsonObject stranger = cards("strangers").get(0);
    assertThat(stranger.getString("address")).isEqualTo("192.168.1.7");
    assertThat(stranger.getString("why")).contains("flushed");
    assertThat(cards("boards")).isEmpty();

    String connected = stranger.getJsonObject("stages").getString("connected");
    happens(happenings.accepted(A, "W0FAC0B1234"));
    assertThat(cards("strangers")).isEmpty();
    assertThat(board("0FAC").getJsonObject("stages").getString("connected")).isEqualTo(connected);
  }

  @Test
  void shouldGiveWhatNamesNoBoardToTheOnlyOneOfItsAddress() {
    happens(happenings.accepted(A, "W0FAC0B1234"));
    happens(happenings.rejected(A, "hello", RejectCode.BAD_COMMAND, "starts with R or W"));
    assertThat(board("0FAC").getLong("rejected")).isEqualTo(1);
    assertThat(cards("strangers")).isEmpty();
  }

  @Test
  void shouldNotGuessWhichOfTheBoardsBehindOneAddressItWas() {
    happens(happenings.accepted("10.0.0.1:1001", "W0FAC0B1234"));
    happens(happenings.accepted("10.0.0.1:1002", "W0FAD0B1234"));
    happens(happenings.rejected("10.0.0.1:1003", "hello", RejectCode.BAD_COMMAND, "starts with R"));
    assertThat(board("0FAC").getLong("rejected")).isZero();
    assertThat(board("0FAD").getLong("rejected")).isZero();
    assertThat(cards("strangers")).hasSize(1);
    happens(happenings.rejected("10.0.0.1:1002", "hello", RejectCode.BAD_COMMAND, "starts with R"));
    assertThat(board("0FAD").getLong("rejected")).as("by its connection").isEqualTo(1);
  }

  @Test
  void shouldGiveAnIllegalMessageThatLooksLikeAnotherBoardsToTheOneThatIsThere() {
    happens(happenings.accepted(A, "W0FAC0B0001"));
    happens(happenings.rejected(A, "W01234", RejectCode.INCOMPLETE, "6 of 11 bytes"));

    assertThat(cards("boards")).hasSize(1);
    assertThat(board("0FAC").getLong("rejected")).isEqualTo(1);
    happens(happenings.accepted(A, "W0123050001"));
    happens(happenings.rejected(A, "W01234", RejectCode.INCOMPLETE, "6 of 11 bytes"));
    assertThat(board("0123").getLong("rejected")).isEqualTo(1);
    assertThat(board("0FAC").getLong("rejected")).isEqualTo(1);
  }

  @Test
  void shouldTellTwoBoardsUnderOneIdAndProposeAFreeOne() {
    write(0x0FAD00, 1);
    happens(happenings.accepted(B, "W0FAE0B0001"));
    happens(happenings.accepted(A, "W0FAC0B0001"));
    happens(happenings.accepted(B, "W0FAC0B0002"));
    assertThat(board("0FAC").getJsonObject("clash")).as("a new address").isNull();
    happens(happenings.accepted(A, "W0FAC0B0001"));

    JsonObject clash = board("0FAC").getJsonObject("clash");
    assertThat(clash.getJsonArray("addresses")).containsExactly("192.168.1.7", "192.168.1.8");
    assertThat(clash.getString("free")).isEqualTo("0FAF");
    happenings.pass(301);
    assertThat(board("0FAC").getJsonObject("clash")).isNull();
  }

  @Test
  void shouldProposeAnotherFreeIdToEachOfManyAndNoneWhenAllAreTaken() {
    for (int device = 0x1004; device <= 0xFFFF; device++) {
      write(device << 8, 1);
    }
    for (int device = 0; device < 0x1000; device++) {
      write(device << 8, 1);
      for (String peer : List.of(A, B, A)) {
        hub.event(happenings.accepted(peer, "W%04X0B0001".formatted(device)));
      }
    }
    List<String> free =
        cards("boards").stream()
            .map(card -> card.getJsonObject("clash").getString("free"))
            .filter(Objects::nonNull)
            .toList();

    assertThat(free).containsExactlyInAnyOrder("1000", "1001", "1002", "1003");
    assertThat(reads).as("of what the cards show").isEqualTo(0x1000);
  }

  @Test
  void shouldNotTakeReadersAndToolsOfTheServersOwnMachineForASecondBoard() {
    for (int i = 0; i < 3; i++) {
      happens(happenings.accepted(A, "W0FAC0B0001"));
      happens(happenings.accepted(B, "R0FAC0B"));
      happens(happenings.accepted("127.0.0.1:5000", "W0FAC0B0001"));
      happens(happenings.accepted(Door.CONSOLE, "192.168.1.9:5000", "W0FAC0B0001"));
    }
    assertThat(board("0FAC").getJsonObject("clash")).isNull();
  }

  @Test
  void shouldNotTakeAnAddressThatCameBackAfterHoursForASecondBoard() {
    happens(happenings.accepted(A, "W0FAC0B0001"));
    happens(happenings.accepted(B, "W0FAC0B0001"));
    happenings.pass(7_200);
    happens(happenings.accepted(A, "W0FAC0B0001"));
    assertThat(board("0FAC").getJsonObject("clash")).isNull();
  }

  @Test
  void shouldCallABoardVerifyingOnlyOnceItHasRefusedACertificate() {
    happens(happenings.accepted(Door.TLS, A, "W0FAC0B0001"));
    assertThat(board("0FAC").getJsonObject("stages").getString("tls")).isNotNull();
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNull();

    happens(
        happenings.rejected(
            Door.TLS,
            A,
            "",
            RejectCode.TLS_FAILED,
            "the board sent alert 48 (unknown_ca): load it"));
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNull();
    happens(happenings.accepted(Door.TLS, A, "W0FAC0B0001"));
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNotNull();
  }

  private void probed(Probe.Outcome outcome) {
    happens(new ServerEvent.Probed(happenings.now(), Door.TLS, A, 0x0FAC, outcome, "so it ended"));
  }

  @Test
  void shouldCallABoardVerifyingOrNotByWhatAProbeHasFound() {
    happens(happenings.accepted(Door.TLS, A, "W0FAC0B0001"));
    probed(Probe.Outcome.UNCLEAR);
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNull();
    probed(Probe.Outcome.REFUSED);
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNotNull();
    assertThat(board("0FAC").getBoolean("stuck")).isFalse();
    assertThat(board("0FAC").getJsonObject("last").getString("kind")).isEqualTo("transaction");
    probed(Probe.Outcome.TAKEN);
    assertThat(board("0FAC").getJsonObject("stages").getString("verified")).isNull();
  }

  @Test
  void shouldTellTroubleWithTlsThoughThePlainPortWorks() {
    happens(
        happenings.rejected(
            Door.TLS,
            A,
            "",
            RejectCode.TLS_FAILED,
            "the board sent alert 48 (unknown_ca): load it"));
    happens(happenings.accepted(A, "W0FAC0B0001"));
    assertThat(board("0FAC").getString("why")).startsWith("TLS fails: the board sent alert 48");
  }

  @Test
  void shouldTellTheRateOfTheLastTenSeconds() {
    for (int i = 0; i < 20; i++) {
      hub.event(happenings.accepted(A, "W0FAC0B0001"));
    }
    assertThat(board("0FAC").getDouble("ratePerSecond")).isEqualTo(2.0);
    happenings.pass(9);
    assertThat(board("0FAC").getDouble("ratePerSecond")).isEqualTo(2.0);
    happenings.pass(1);
    assertThat(board("0FAC").getDouble("ratePerSecond")).isZero();
    assertThat(board("0FAC").getLong("requests")).isEqualTo(20);
  }

  @Test
  void shouldPutStuckBoardsFirstThenTheNewest() {
    happens(happenings.rejected(A, "W00010", RejectCode.INCOMPLETE, "stopped"));
    happens(happenings.accepted(A, "W00020B0001"));
    happens(happenings.accepted(A, "W00030B0001"));
    assertThat(cards("boards"))
        .extracting(card -> card.getString("device"))
        .containsExactly("0001", "0003", "0002");
  }

  @Test
  void shouldForgetWhatWasHeardOfLongestAgo() {
    for (int i = 0; i <= Boards.BOARDS_MAX; i++) {
      hub.event(
          happenings.accepted(
              "10.0.%d.%d:7".formatted(i >> 8, i & 0xFF), "W%04X000001".formatted(i)));
    }
    for (int i = 0; i <= Boards.STRANGERS_MAX; i++) {
      hub.event(happenings.notice("10.1.%d.%d:7".formatted(i >> 8, i & 0xFF), "said nothing"));
    }
    assertThat(cards("boards")).hasSize(Boards.BOARDS_MAX);
    assertThat(cards("boards")).noneMatch(card -> card.getString("device").equals("0000"));
    assertThat(cards("strangers")).hasSize(Boards.STRANGERS_MAX);
  }

  @Test
  void shouldSayWhenCountsAreLowerBounds() {
    assertThat(all().getBoolean("sampled")).isFalse();
    hub.dropped(5);
    assertThat(all().getBoolean("sampled")).isTrue();
  }

  @Test
  void shouldFitItsOwnDescription() {
    happens(happenings.accepted(Door.TLS, A, "W0FAC0B0001"));
    happens(happenings.accepted(B, "W0FAC0B0002"));
    happens(happenings.notice("10.0.0.1:1", "said nothing"));
    happens(happenings.rejected(B, WireText.show((byte) 0), RejectCode.BAD_COMMAND, "first"));
    FeedShapes.BOARDS.check(new JsonObject(all().encode()), "boards");
  }
}
