package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import io.wwep.it.power.PowerTrace.Event;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a power loss takes with the weaker settings of {@code --fsync}, and what was seen. */
@Tag("staged")
@Timeout(600)
class PowerLossWithFsyncTest {

  /** The second after which a sync begins, and half a second to begin it on a busy machine. */
  private static final long UNSYNCED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final int LOAD_MILLIS = 4000;

  @TempDir private Path directory;

  private final long seed = Scale.seed("power loss with --fsync");

  @Test
  void shouldLoseAboutASecondAtMostWithEverysec() throws Exception {
    Load load = Load.light(seed);
    try (Recording recording = record("everysec", load)) {
      PowerTrace trace = recording.trace();
      long allowed = UNSYNCED_NANOS_MAX + longestSyncNanos(trace);
      int images = Scale.of(20, 200);
      List<Integer> moments =
          new Moments(trace, trace.events().size(), new Random(seed))
              .anywhere(images / 2)
              .atCheckpoints(images / 2)
              .sorted();
      Witness witness = recording.witness();
      PowerCuts cuts = recording.cutAt(moments, trace, witness, allowed, seed);

      Figures.note("power.everysec.images", cuts.images());
      Figures.note("power.everysec.lostMillis", TimeUnit.NANOSECONDS.toMillis(witness.lostNanos()));
      assertThat(cuts.failures()).isEmpty();
      // The proof can fail: without its syncs the log loses more.
      PowerTrace forgetful = trace.only(event -> !isLogSync(event));
      List<Integer> some =
          new Moments(forgetful, Integer.MAX_VALUE, new Random(seed)).anywhere(20).sorted();
      assertThat(recording.cutAt(some, forgetful, recording.witness(), allowed, seed).failures())
          .isNotEmpty();
    }
  }

  private static boolean isLogSync(Event event) {
    return event.isSync() && event.isOf("-wal");
  }

  private static long longestSyncNanos(PowerTrace trace) {
    Map<Long, Long> begun = new HashMap<>();
    long longest = 0;
    for (Event event : trace.events()) {
      if (isLogSync(event)) {
        Long start = begun.put(event.offset(), event.startNanos());
        longest = start == null ? longest : Math.max(longest, event.endNanos() - start);
      }
    }
    return longest;
  }

  /** The proof can fail: a server that never syncs loses what it has acknowledged. */
  @Test
  void shouldFindALossWithNever() throws Exception {
    Load load = Load.light(seed);
    try (Recording recording = record("never", load)) {
      PowerTrace trace = recording.trace();
      List<Integer> moments =
          new Moments(trace, trace.events().size(), new Random(seed)).anywhere(20).sorted();
      PowerCuts cuts = recording.cutAt(moments, trace, recording.witness(), 0, seed);

      assertThat(cuts.failures()).anyMatch(failure -> failure.contains("was acknowledged"));
    }
  }

  private Recording record(String fsync, Load load) throws Exception {
    Recording recording = new Recording(directory, load);
    try (WwepProcess server = recording.serve(fsync)) {
      load.start(server);
      Thread.sleep(LOAD_MILLIS); // For a few syncs, of which there is one a second.
      load.stop();
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
    return recording;
  }

  /**
   * A server that is killed between a commit and its sync leaves a write that the next server
   * finds, though no disk has it yet. Once that server shows it, it must not get lost.
   */
  @Test
  void shouldShowNothingAfterAKillThatAPowerLossTakes() throws Exception {
    Load load = Load.single(seed);
    try (Recording recording = new Recording(directory, load)) {
      try (WwepProcess server = recording.serveUntilSync(20, "always")) {
        load.start(server);
        load.join();
      }
      try (WwepProcess server = recording.serve("always")) {
        load.watch(server);
        load.awaitSightOfLastWrite();
        load.stop();
        server.kill();
      }
      PowerTrace trace = recording.trace();
      int last = trace.events().size() - 1;
      List<Integer> moments = List.of(last, last, last, last, last, last, last, last);
      PowerCuts cuts = recording.cutAt(moments, trace, recording.witness(), 0, seed);

      assertThat(cuts.failures()).isEmpty();
    }
  }
}
