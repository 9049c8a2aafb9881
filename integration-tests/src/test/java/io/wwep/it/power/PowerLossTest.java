package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import io.wwep.it.power.PowerTrace.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records what a server does to its files under load, through a first start, an end, a kill and the
 * starts after them, and cuts the power at many moments of the record: each disk that may be left
 * opens, holds every write that was acknowledged until then and nothing that nobody sent, is sound,
 * and goes on working.
 */
@Tag("staged")
@Timeout(1800)
@TestInstance(Lifecycle.PER_CLASS)
class PowerLossTest {

  private static final int WAVE_WRITES = 40_000;

  private long seed;
  private Load load;
  private Recording recording;
  private PowerTrace trace;

  /** The one load that is recorded; the tests cut the power in different ways. */
  @BeforeAll
  void record(@TempDir Path directory) throws Exception {
    seed = Scale.seed("power loss");
    load = Load.heavy(seed);
    recording = new Recording(directory, load);
    serveUntilTheEnd(Scale.of(4, 10));
    serveUntilKilled();
    serveUntilTheEnd(Scale.of(1, 10));
    trace = recording.trace();
  }

  private void serveUntilTheEnd(int waves) throws Exception {
    try (WwepProcess server = recording.serve("always")) {
      for (int wave = 0; wave < waves; wave++) {
        load.start(server);
        load.awaitMore(WAVE_WRITES);
        load.stop();
        Thread.sleep(400); // While nobody writes, the server stores the registers and prunes.
      }
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
  }

  private void serveUntilKilled() throws Exception {
    try (WwepProcess server = recording.serve("always")) {
      load.start(server);
      load.awaitMore(WAVE_WRITES);
      server.kill();
      load.join();
    }
  }

  @AfterAll
  void close() throws Exception {
    if (recording != null) {
      recording.close();
    }
  }

  /** What the trace does not have, the cuts would not know either. */
  @Test
  void shouldHaveRecordedEveryChange() throws Exception {
    SimulatedDisk disk = recording.disk(trace);
    disk.advanceThrough(trace.events().size() - 1);

    disk.requireSameAs(recording.root());
  }

  /** The load was one that has all the parts of the store at work. */
  @Test
  void shouldHaveRecordedCheckpointsAndPruningAndTheIndex() throws Exception {
    assertThat(trace.events())
        .as("the log began anew while a server ran")
        .filteredOn(event -> event.isOf("-wal") && event.offset() == 0)
        .filteredOn(event -> event.kind() == Kind.WRITTEN)
        .hasSizeGreaterThan(logsMade());
    Path file = recording.root().resolve(Recording.DATABASE);
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement();
        ResultSet runs = statement.executeQuery("SELECT count(*) FROM history_runs")) {
      assertThat(runs.getInt(1)).as("rows of the index").isPositive();
      assertThat(History.read(database).firstNumber()).as("oldest write").isGreaterThan(1);
    }
  }

  private int logsMade() {
    return (int)
        trace.events().stream()
            .filter(event -> event.isOf("-wal") && event.kind() == Kind.CREATED)
            .count();
  }

  @Test
  void shouldKeepEveryAcknowledgedWriteWhateverTheDiskKeeps() throws Exception {
    int images = Scale.of(100, 1000);
    int firstLog = trace.find(0, event -> event.isOf("-wal"));
    List<Integer> moments =
        new Moments(trace, trace.events().size(), new Random(seed))
            .each(firstLog)
            .anywhere(images / 2)
            .atCheckpoints(images / 4)
            .atTurns(images / 4)
            .sorted();
    PowerCuts cuts = recording.cutAt(moments, trace, recording.witness(), 0, seed);

    Figures.note("power.images", cuts.images());
    Figures.note("power.moments", moments.stream().distinct().count());
    Figures.note("power.torn", cuts.imagesTorn());
    Figures.note("power.dropped", cuts.writesDropped());
    Figures.note("power.writes", load.acknowledged());
    Figures.note("power.lost", cuts.failures().size());
    Figures.note("power.seed", Long.toString(seed));
    assertThat(cuts.failures()).isEmpty();
  }

  @Test
  void shouldKeepThemWhenThePowerGoesAgainDuringTheStart(@TempDir Path directory) throws Exception {
    int images = Scale.of(9, 90);
    List<Integer> moments =
        new Moments(trace, trace.events().size(), new Random(seed))
            .anywhere(images / 3)
            .atCheckpoints(images / 3)
            .atTurns(images / 3)
            .sorted();
    PowerCuts cuts = new SecondLoss(recording, moments, directory, seed).run();

    Figures.note("power.second.images", cuts.images());
    assertThat(cuts.failures()).isEmpty();
  }

  /** Boards may have been given the certificate as soon as the server listens. */
  @Test
  void shouldKeepTheIdentityThatBoardsKnow(@TempDir Path directory) throws Exception {
    Path identity = Path.of("wwep-data", "tls");
    List<String> files = List.of("ec.pem", "ec.key.pem", "rsa.pem", "rsa.key.pem");
    Random random = new Random(seed);
    PowerCuts cuts = new PowerCuts(directory, random);
    SimulatedDisk disk = recording.disk(trace);
    int firstAcknowledged =
        trace.find(0, event -> event.kind() == Kind.SYNCED && event.isOf("-wal"));
    for (int i = 0; i < 20; i++) {
      disk.advanceThrough(firstAcknowledged + i);
      Path image = Files.createDirectory(directory.resolve(Integer.toString(i)));
      disk.write(cuts.randomCut(disk), random, image);
      for (String file : files) {
        assertThat(image.resolve(identity).resolve(file))
            .hasSameBinaryContentAs(recording.root().resolve(identity).resolve(file));
      }
    }
  }

  /** What a server could forget to bring to the disk. */
  enum Forgotten {
    LOG("-wal"),
    DATABASE("wwep.db"),
    NAMES_OF_FILES("wwep-data"),
    NAME_OF_THE_DIRECTORY("root");

    private final String ending;

    Forgotten(String ending) {
      this.ending = ending;
    }

    boolean isSync(PowerTrace.Event event) {
      return event.isSync() && event.isOf(ending);
    }
  }

  /** The proof can fail: with the syncs of one file left out, writes are lost. */
  @ParameterizedTest
  @EnumSource
  void shouldFindALossWhereSyncsAreForgotten(Forgotten forgotten) throws Exception {
    Predicate<PowerTrace.Event> forgot = forgotten::isSync;
    PowerTrace forgetful = trace.only(forgot.negate());
    List<Integer> moments =
        new Moments(forgetful, 10_000, new Random(seed)).anywhere(15).atCheckpoints(5).sorted();
    PowerCuts cuts = recording.cutAt(moments, forgetful, recording.witness(), 0, seed);

    assertThat(cuts.failures()).isNotEmpty();
  }
}
