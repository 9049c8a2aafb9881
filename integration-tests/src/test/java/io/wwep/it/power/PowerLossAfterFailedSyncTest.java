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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/**
 * A disk whose syncs fail now and then, of the log and of the database: what the system could not
 * write it takes for written, and no later sync says so. Whenever the power goes, also while the
 * server repairs, what was acknowledged is there.
 */
@Tag("staged")
@Timeout(900)
class PowerLossAfterFailedSyncTest {

  private static final int PERIOD_MILLIS = 400;
  private static final int PERIODS = Scale.of(8, 60);

  /** On a busy machine few syncs fall into a period, and most are of the log. */
  private static final int PERIODS_MAX = 10 * PERIODS;

  /** Who can write copies the log when he is the last one to close it, and that is in no trace. */
  private static final Properties READ_ONLY = readOnly();

  @TempDir private Path directory;

  private final long seed = Scale.seed("power loss after failed syncs");

  private static Properties readOnly() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.toProperties();
  }

  @Test
  void shouldKeepEveryAcknowledgedWrite() throws Exception {
    Load load = Load.heavy(seed);
    try (Recording recording = new Recording(directory, load)) {
      record(recording, load);
      PowerTrace trace = recording.trace();
      long failed = trace.events().stream().filter(event -> event.kind() == Kind.FAILED).count();
      int images = Scale.of(90, 900);
      List<Integer> moments =
          new Moments(trace, trace.events().size(), new Random(seed))
              .anywhere(images / 3)
              .atRepairs(2 * images / 3)
              .sorted();
      PowerCuts cuts = recording.cutAt(moments, trace, recording.witness(), 0, seed);

      Figures.note("power.failing.images", cuts.images());
      Figures.note("power.failing.syncs", failed);
      Figures.note("power.failing.lost", cuts.failures().size());
      assertThat(cuts.failures()).isEmpty();
      assertThat(failed).as("syncs that failed").isGreaterThan(3);
      assertThat(trace.events())
          .as("some of them of the database")
          .anyMatch(PowerLossAfterFailedSyncTest::isFailedOfDatabase);
    }
  }

  private static boolean isFailedOfDatabase(PowerTrace.Event event) {
    return event.kind() == Kind.FAILED && event.isOf("wwep.db");
  }

  private static boolean isEnough(Recording recording) throws Exception {
    try (PowerTrace soFar = recording.traceSoFar()) {
      return soFar.events().stream().anyMatch(PowerLossAfterFailedSyncTest::isFailedOfDatabase);
    }
  }

  /** Beside the boards somebody reads, who holds up checkpoints so that they are done in part. */
  private void record(Recording recording, Load load) throws Exception {
    Path failing = directory.resolve("failing");
    AtomicBoolean reading = new AtomicBoolean(true);
    try (WwepProcess server = recording.serveWithFailures(failing)) {
      Path file = recording.root().resolve(Recording.DATABASE);
      load.start(server);
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> read(file, reading), task -> new Thread(task).start());
      for (int period = 0;
          period < PERIODS || (period < PERIODS_MAX && !isEnough(recording));
          period++) {
        Files.createFile(failing);
        Thread.sleep(PERIOD_MILLIS); // For some syncs, of which one in three fails.
        Files.delete(failing);
        load.awaitMore(1000);
      }
      reading.set(false);
      reader.join();
      load.stop();
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
  }

  private static void read(Path file, AtomicBoolean reading) {
    while (reading.get()) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, READ_ONLY);
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN");
        try (ResultSet registers = statement.executeQuery("SELECT count(*) FROM registers")) {
          registers.next();
        }
        Thread.sleep(PERIOD_MILLIS / 4);
        statement.execute("COMMIT");
        Thread.sleep(PERIOD_MILLIS / 8);
      } catch (SQLException busy) {
        // The server repairs the log.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
