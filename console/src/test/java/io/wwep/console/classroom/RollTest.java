package io.wwep.console.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.Happenings;
import io.wwep.protocol.RejectCode;
import io.wwep.server.Probe;
import io.wwep.server.ServerEvent;
import io.wwep.server.ServerEvent.End;
import io.wwep.server.access.Door;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each exercise from open to done by what boards do, and what is no progress. */
class RollTest {

  private static final int DEVICE = 0x0312;
  private static final String PEER = "192.168.1.7:50001";

  private final Happenings happenings = new Happenings();
  private final Roll roll = new Roll();

  private void happens(int device, ServerEvent event) {
    roll.happened(device, happenings.kept(event));
    happenings.pass(1);
  }

  private void writes(String value) {
    happens(DEVICE, happenings.accepted(PEER, "W031205" + value));
  }

  private void sendsIllegal() {
    happens(
        DEVICE, happenings.rejected(PEER, "W01234", RejectCode.INCOMPLETE, "6 bytes came of 11"));
  }

  private void ends(End end) {
    happens(DEVICE, happenings.ended(PEER, end));
  }

  private JsonObject device() {
    return roll.json(DEVICE, Map.of());
  }

  private JsonObject exercise(String number) {
    return device().getJsonArray("exercises").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("exercise").equals(number))
        .findFirst()
        .orElseThrow();
  }

  private void assertOpen(String number) {
    assertThat(exercise(number).getString("state")).isEqualTo("open");
    assertThat(exercise(number).getString("missing")).isNull();
  }

  private void assertGoingOn(String number, String missing) {
    assertThat(exercise(number).getString("state")).isEqualTo("goingOn");
    assertThat(exercise(number).getString("missing")).contains(missing);
    assertThat(exercise(number).getString("done")).isNull();
  }

  private void assertDone(String number) {
    assertThat(exercise(number).getString("state")).isEqualTo("done");
    assertThat(exercise(number).getString("missing")).isNull();
    assertThat(exercise(number).getString("done")).startsWith("2026-11-25T18:30:");
  }

  @Test
  void shouldFollowTheFirstExerciseToItsEnd() {
    happens(DEVICE, happenings.accepted(PEER, "R031205"));
    assertOpen("01");
    happens(DEVICE, happenings.accepted(PEER, "W0312060001"));
    assertGoingOn("01", "not to register 05");
    writes("0001");
    assertGoingOn("01", "it wrote 0001, and not yet 0000");
    writes("0000");
    assertGoingOn("01", "one more press");
    writes("0001");
    assertDone("01");
    writes("0001");
    assertDone("01");
  }

  @Test
  void shouldNotTakeAnLedThatStandsStillForOneThatToggles() {
    writes("0001");
    writes("0000");
    writes("0000");
    assertGoingOn("01", "it wrote 0000 twice in a row");
    writes("0001");
    assertGoingOn("01", "one more press");
    writes("ABCD");
    assertGoingOn("01", "it wrote ABCD to register 05");
    writes("0001");
    writes("0000");
    assertGoingOn("01", "one more press");
  }

  @ParameterizedTest
  @CsvSource({"05FA, done", "0001, done", "05FB, goingOn", "0000, goingOn", "FFFF, goingOn"})
  void shouldAskForADeviceIdThatCanBeASumOfSixOctets(String id, String state) {
    int device = Integer.parseInt(id, 16);
    for (String value : new String[] {"0001", "0000", "0001"}) {
      happens(device, happenings.accepted(PEER, "W" + id + "05" + value));
    }
    JsonObject first = roll.json(device, Map.of()).getJsonArray("exercises").getJsonObject(0);
    assertThat(first.getString("state")).isEqualTo(state);
    if (state.equals("goingOn")) {
      assertThat(first.getString("missing")).contains("its device ID " + id, "0001 to 05FA");
    }
  }

  @Test
  void shouldFollowTheSecondExerciseToItsEnd() {
    assertThat(device()).isNull();
    writes("0001");
    assertGoingOn("02", "no reply was seen to be read");
    ends(End.TAKEN);
    assertGoingOn("02", "it has sent no illegal packet");
    sendsIllegal();
    assertGoingOn("02", "an X is one byte");
    ends(End.TAKEN);
    assertDone("02");
  }

  @Test
  void shouldSayThatRepliesAreNotRead() {
    writes("0001");
    ends(End.RESET);
    assertGoingOn("02", "resets its connections behind the reply");
    sendsIllegal();
    ends(End.TAKEN);
    assertGoingOn("02", "the reply to a legal packet was not seen");
  }

  @Test
  void shouldNotTakeTheServersOwnEndForARepliesReading() {
    writes("0001");
    ends(End.UNKNOWN);
    sendsIllegal();
    ends(End.UNKNOWN);
    assertGoingOn("02", "no reply was seen to be read");
  }

  @Test
  void shouldTakeBothPacketsOfOneConnection() {
    writes("0001");
    sendsIllegal();
    ends(End.TAKEN);
    assertDone("02");
  }

  @ParameterizedTest
  @EnumSource(
      value = RejectCode.class,
      names = {"NOT_WRITTEN", "DENIED", "STORAGE", "LIMITED", "TLS_ON_PLAIN_PORT", "HTTP"})
  void shouldTakeNoOtherXForThatOfAnIllegalPacket(RejectCode code) {
    happens(DEVICE, happenings.rejected(PEER, "R031205", code, "why"));
    ends(End.TAKEN);
    assertOpen("02");
  }

  @Test
  void shouldFollowTlsAndBothDoors() {
    writes("0001");
    assertOpen("03");
    assertOpen("06");
    happens(
        DEVICE,
        happenings.rejected(Door.TLS, PEER, "", RejectCode.TLS_FAILED, "the board sent alert 48"));
    assertGoingOn("03", "no legal message yet");
    assertGoingOn("06", "none over TLS yet");
    assertThat(device().getJsonObject("diagnosis").getString("sentence")).contains("alert 48");
    happens(DEVICE, happenings.accepted(Door.TLS, PEER, "W0312050000"));
    assertDone("03");
    assertDone("06");
    assertThat(device().getInteger("done")).isEqualTo(2);
    assertThat(device().getBoolean("verifies")).isNull();
  }

  @Test
  void shouldAskForThePlainPortToo() {
    happens(DEVICE, happenings.accepted(Door.TLS, PEER, "W0312050000"));
    assertDone("03");
    assertGoingOn("06", "has not sent a plain message yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"04", "05", "07"})
  void shouldKeepWhatAServersCheckHasFound(String number) {
    Exercise exercise = Exercise.of(number);
    writes("0001");
    assertOpen(number);
    roll.change(DEVICE, each -> each.checked(exercise, false, "R answers A", happenings.now()));
    assertGoingOn(number, "the check of its server failed: R answers A");
    roll.change(DEVICE, each -> each.checked(exercise, true, "all 12 passed", happenings.now()));
    assertDone(number);
    roll.change(DEVICE, each -> each.checked(exercise, false, "gone", happenings.now()));
    assertDone(number);
  }

  private void probed(Probe.Outcome outcome, int met) {
    roll.probed(DEVICE, new Probe.Result(happenings.now(), outcome, PEER, met, "so it ended"));
  }

  @Test
  void shouldKnowOfVerificationByProbesAlone() {
    writes("0001");
    probed(Probe.Outcome.UNCLEAR, DEVICE);
    assertThat(device().getBoolean("verifies")).isNull();
    assertThat(device().getJsonObject("probe").getString("outcome")).isEqualTo("unclear");
    probed(Probe.Outcome.TAKEN, DEVICE);
    assertThat(device().getBoolean("verifies")).isFalse();
    probed(Probe.Outcome.REFUSED, DEVICE);
    probed(Probe.Outcome.EXPIRED, DEVICE);
    assertThat(device().getBoolean("verifies")).isTrue();
  }

  @Test
  void shouldTellAProbeOfTheDeviceThatItHasMet() {
    writes("0001");
    probed(Probe.Outcome.TAKEN, 0x04F1);
    assertThat(device().getBoolean("verifies")).isNull();
    assertThat(roll.json(0x04F1, Map.of()).getBoolean("verifies")).isFalse();
  }

  @Test
  void shouldPutThoseFirstThatAreStuck() {
    writes("0001");
    happens(0x0100, happenings.accepted(PEER, "W0100050001"));
    happens(0x0200, happenings.accepted(Door.TLS, PEER, "W0200050001"));

    JsonArray all = roll.json(Map.of(DEVICE, "read the reply"));

    assertThat(all.stream().map(each -> ((JsonObject) each).getString("device")))
        .containsExactly("0312", "0100", "0200");
    assertThat(all.getJsonObject(0).getString("why")).isEqualTo("read the reply");
  }

  @Test
  void shouldKnowWhoSharesAnAddress() {
    writes("0001");
    happens(0x0100, happenings.accepted("192.168.1.8:50001", "W0100050001"));
    happens(0x0200, happenings.accepted(PEER, "W0200050001"));

    assertThat(roll.at("192.168.1.7", happenings.now())).containsExactly("0200", "0312");
    happenings.pass(3_600);
    assertThat(roll.at("192.168.1.7", happenings.now())).isEmpty();
  }

  @Test
  void shouldStartOverAndKeepNames() {
    writes("0001");
    roll.change(DEVICE, each -> each.name("Table 3"));
    happens(0x0100, happenings.accepted(PEER, "W0100050001"));

    roll.startOver();

    assertThat(device().getString("name")).isEqualTo("Table 3");
    assertOpen("01");
    assertThat(roll.json(0x0100, Map.of())).isNull();
    roll.unname(DEVICE);
    roll.startOver(DEVICE);
    assertThat(device()).isNull();
  }

  @Test
  void shouldForgetThoseFirstThatMeanLeast() {
    roll.change(DEVICE, each -> each.name("Table 3"));
    happens(0x0200, happenings.accepted(Door.TLS, PEER, "W0200050001"));
    for (int device = 0x1000; device < 0x1000 + Roll.DEVICES_MAX; device++) {
      happens(device, happenings.accepted(PEER, "R%04X00".formatted(device)));
    }

    assertThat(roll.json(Map.of())).hasSize(Roll.DEVICES_MAX);
    assertThat(device()).isNotNull();
    assertThat(roll.json(0x0200, Map.of())).isNotNull();
    assertThat(roll.json(0x1000, Map.of())).isNull();
    assertThat(roll.json(0x1001, Map.of())).isNull();
    assertThat(roll.json(0x1002, Map.of())).isNotNull();
  }

  @Test
  void shouldHaveNothingToKeepOfABoardThatGoesOnAsBefore() {
    for (int i = 0; i < 3; i++) {
      writes(i % 2 == 0 ? "0001" : "0000");
      sendsIllegal();
      ends(End.TAKEN);
    }
    long changes = roll.changes();

    for (int i = 0; i < 10; i++) {
      writes("0001");
      sendsIllegal();
      ends(End.TAKEN);
    }

    assertThat(roll.changes()).isEqualTo(changes);
  }
}
