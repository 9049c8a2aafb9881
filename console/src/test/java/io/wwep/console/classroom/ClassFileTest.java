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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class is kept over restarts, and a file that cannot be used is told of and fails nothing. */
class ClassFileTest {

  private static final String PEER = "192.168.1.7:50001";

  @TempDir private Path directory;
  private final List<String> told = new ArrayList<>();
  private final Happenings happenings = new Happenings();
  private Path path;
  private ClassFile file;

  @BeforeEach
  void name() {
    path = directory.resolve("class.json");
    file = new ClassFile(directory.resolve("wwep.db"));
  }

  private Roll full() {
    Roll roll = new Roll();
    happens(roll, happenings.accepted(PEER, "W0312050001"));
    happens(roll, happenings.accepted(Door.TLS, PEER, "W0312050000"));
    happens(roll, happenings.rejected(PEER, "W01234", RejectCode.INCOMPLETE, "6 of 11 bytes"));
    happens(roll, happenings.ended(PEER, End.TAKEN));
    roll.change(0x0312, each -> each.name("Tisch 3, hinten \"links\" ✓"));
    roll.change(
        0x0312,
        each -> each.checked(Exercise.FULL_SERVER, true, "all 12 passed", happenings.now()));
    roll.probed(
        0x0312,
        new Probe.Result(happenings.now(), Probe.Outcome.REFUSED, PEER, 0x0312, "it verifies"));
    return roll;
  }

  private void happens(Roll roll, ServerEvent event) {
    roll.happened(0x0312, happenings.kept(event));
    happenings.pass(1);
  }

  private static JsonObject shown(Roll roll) {
    JsonObject json = roll.json(0x0312, Map.of());
    json.remove("probe"); // how the last one ended is of this process
    return json;
  }

  @Test
  void shouldKeepAllOfADevice() {
    Roll before = full();
    Keeper.of(before, file, told::add); // empty directory: nothing to take over
    assertThat(file.save(before.save())).isNull();

    Roll after = new Roll();
    Keeper keeper = Keeper.of(after, file, told::add);

    assertThat(shown(after)).isEqualTo(shown(before));
    assertThat(after.json(0x0312, Map.of()).getInteger("done")).isEqualTo(4);
    assertThat(keeper.trouble()).isNull();
    assertThat(told).isEmpty();
    assertThat(directory).isDirectoryContaining("glob:**class.json");
    assertThat(directory.toFile().list()).containsExactly("class.json");
  }

  @Test
  void shouldKeepTheClassesOfTwoDatabasesInOneDirectoryApart() {
    new ClassFile(directory.resolve("a.db")).save(full().save());
    Roll other = new Roll();
    Keeper.of(other, new ClassFile(directory.resolve("b.db")), told::add);

    assertThat(other.json(Map.of())).isEmpty();
    assertThat(directory.resolve("a.db.class.json")).exists();
  }

  @Test
  void shouldGoOnWhereItWasInTheMiddleOfAnExercise() {
    Roll before = new Roll();
    happens(before, happenings.accepted(PEER, "W0312050001"));
    happens(before, happenings.accepted(PEER, "W0312050000"));
    file.save(before.save());
    Roll after = new Roll();
    Keeper.of(after, file, told::add);

    happens(after, happenings.accepted(PEER, "W0312050001"));

    assertThat(shown(after).getJsonArray("exercises").getJsonObject(0).getString("state"))
        .isEqualTo("done");
  }

  @Test
  void shouldWriteOnlyWhatIsNews() throws Exception {
    Roll roll = new Roll();
    Keeper keeper = Keeper.of(roll, file, told::add);
    keeper.keep();
    assertThat(path).doesNotExist();
    happens(roll, happenings.accepted(PEER, "W0312050001"));
    keeper.keep();
    assertThat(path).exists();
    Files.delete(path);
    keeper.keep();
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\u0000\u0000",
        "{\"format\":1}",
        "{\"format\":\"1\",\"devices\":[]}",
        "{\"format\":0,\"devices\":[]}",
        "{\"format\":1,\"devices\":[{\"device\":\"0312\"}]}",
        "{\"format\":1,\"devices\":[7]}"
      })
  void shouldPutADamagedFileAsideAndSayHowToGoOn(String content) throws Exception {
    Files.writeString(path, content);
    Roll roll = new Roll();

    Keeper keeper = Keeper.of(roll, file, told::add);

    assertThat(roll.json(Map.of())).isEmpty();
    assertThat(told).singleElement().asString().contains("was damaged", "class.json.damaged");
    assertThat(keeper.trouble()).isEqualTo(told.get(0));
    assertThat(directory.resolve("class.json.damaged")).hasContent(content);
    happens(roll, happenings.accepted(PEER, "W0312050001"));
    keeper.keep();
    assertThat(path).exists();
    assertThat(keeper.trouble()).isNull();
  }

  @Test
  void shouldKeepEachDamagedFile() throws Exception {
    for (String content : List.of("first", "second", "third")) {
      Files.writeString(path, content);
      Keeper.of(new Roll(), file, told::add);
    }

    assertThat(directory.resolve("class.json.damaged")).hasContent("first");
    assertThat(directory.resolve("class.json.damaged.2")).hasContent("second");
    assertThat(directory.resolve("class.json.damaged.3")).hasContent("third");
    assertThat(told).last().asString().contains("is now class.json.damaged.3");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldLetItsOwnerAloneReadIt() throws Exception {
    Files.writeString(directory.resolve("class.json.new"), "left by a crash, and open to all");
    file.save(full().save());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  /** An interrupt ends a write in its middle, as a full disk does. */
  @Test
  void shouldLeaveNoPartOfAFileThatCannotBeWritten() {
    Thread.currentThread().interrupt();
    try {
      assertThat(file.save(full().save())).contains("cannot be kept");
    } finally {
      Thread.interrupted();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 99_999_999_999L})
  void shouldLeaveTheFileOfANewerVersionAsItIs(long format) throws Exception {
    String content = "{\"format\":%d,\"pupils\":{}}".formatted(format);
    Files.writeString(path, content);
    Roll roll = new Roll();
    Keeper keeper = Keeper.of(roll, file, told::add);
    happens(roll, happenings.accepted(PEER, "W0312050001"));

    keeper.keep();

    assertThat(path).hasContent(content);
    assertThat(told)
        .singleElement()
        .asString()
        .contains("newer version", "(format " + format + ",");
  }

  @Test
  void shouldSayOnceThatTheFileCannotBeWrittenAndTryAgain() throws Exception {
    Roll roll = full();
    Path gone = directory.resolve("gone");
    Keeper keeper = Keeper.of(new Roll(), new ClassFile(gone.resolve("wwep.db")), told::add);
    assertThat(keeper.trouble()).isNull();
    Keeper failing = Keeper.of(roll, new ClassFile(gone.resolve("wwep.db")), told::add);
    happens(roll, happenings.accepted(PEER, "W0312070001"));
    roll.change(0x0100, each -> each.name("Table 1"));

    failing.keep();
    failing.keep();

    assertThat(told).singleElement().asString().contains("cannot be kept", "tried again");
    Files.createDirectory(gone);
    failing.keep();
    assertThat(gone.resolve("class.json")).exists();
    assertThat(failing.trouble()).isNull();
  }

  /** Of five devices the second, third and fourth. */
  private String damagedInThree() {
    Roll roll = full();
    for (int device = 0x0313; device <= 0x0316; device++) {
      String name = "Table " + (device - 0x0310);
      roll.change(device, each -> each.name(name));
    }
    JsonArray devices = roll.save();
    devices.getJsonObject(1).getJsonObject("led").remove("last");
    devices.set(2, "0314");
    devices.getJsonObject(3).put("device", "31");
    return new JsonObject().put("format", 1).put("devices", devices).encode();
  }

  @Test
  void shouldLeaveOutOnlyTheEntriesThatAreDamagedAndSayWhichAndWhy() throws Exception {
    String content = damagedInThree();
    Files.writeString(path, content);
    Roll roll = new Roll();

    Keeper keeper = Keeper.of(roll, file, told::add);

    assertThat(roll.json(Map.of())).hasSize(2);
    assertThat(roll.json(0x0312, Map.of()).getInteger("done")).isEqualTo(4);
    assertThat(roll.json(0x0316, Map.of()).getString("name")).isEqualTo("Table 6");
    assertThat(told)
        .singleElement()
        .asString()
        .contains(
            "was damaged in 3 of its 5 devices",
            "entry 2: led of device 0313 is missing or wrong; entry 3: it is no object; entry 4: its device is no ID",
            "kept as class.json.damaged");
    assertThat(keeper.trouble()).isEqualTo(told.get(0));
    assertThat(directory.resolve("class.json.damaged")).hasContent(content);
  }

  /** Also where nothing happens until the next start. */
  @Test
  void shouldMeetADamagedEntryOnce() throws Exception {
    Files.writeString(path, damagedInThree());
    Keeper keeper = Keeper.of(new Roll(), file, told::add);
    keeper.keep();
    assertThat(keeper.trouble()).isNull();

    Roll roll = new Roll();
    Keeper.of(roll, file, told::add);

    assertThat(roll.json(Map.of())).hasSize(2);
    assertThat(told).hasSize(1);
    assertThat(directory.toFile().list()).containsOnly("class.json", "class.json.damaged");
  }

  @Test
  void shouldNotWriteOverDamagedEntriesOfWhichNoCopyCanBeMade() throws Exception {
    String content = damagedInThree();
    Files.writeString(path, content);
    Files.createFile(directory.resolve("class.json.damaged"));
    for (int number = 2; number <= 100; number++) {
      Files.createFile(directory.resolve("class.json.damaged." + number));
    }
    Roll roll = new Roll();
    Keeper keeper = Keeper.of(roll, file, told::add);
    happens(roll, happenings.accepted(PEER, "W0312050001"));

    keeper.keep();

    assertThat(roll.json(Map.of())).hasSize(2);
    assertThat(path).hasContent(content);
    assertThat(told).singleElement().asString().contains("no copy of it can be put aside");
  }
}
