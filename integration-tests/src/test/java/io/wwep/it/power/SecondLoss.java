package io.wwep.it.power;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Power losses while a server gets over a first one: it opens what the first one left, writes, and
 * moves the log to the database, all of which is recorded again.
 */
final class SecondLoss {

  private static final int CUTS = 6;

  private final Recording recording;
  private final List<Integer> moments;
  private final Random random;
  private final PowerCuts cuts;
  private final Path before;
  private final Path after;
  private final List<Path> databases = new ArrayList<>();

  /**
   * @param moments of the first losses, in ascending order
   */
  SecondLoss(Recording recording, List<Integer> moments, Path directory, long seed)
      throws Exception {
    this.recording = recording;
    this.moments = moments;
    random = new Random(seed);
    cuts = new PowerCuts(directory, random);
    before = Files.createDirectory(directory.resolve("before"));
    after = Files.createDirectory(directory.resolve("after")).toRealPath();
  }

  PowerCuts run() throws Exception {
    loseFirst();
    Path file = after.resolveSibling("second-trace");
    List<RecoveringServer.Write> writes =
        RecoveringServer.run(recording.recorder().recording(after, file), databases);
    Witness witness = recording.witness();
    try (PowerTrace trace = PowerTrace.read(file)) {
      for (int i = 0; i < moments.size(); i++) {
        int number = i;
        long now = recording.trace().nanosBehind(moments.get(i));
        witness.advance(now, now);
        loseAgain(i, trace, witness, writes.stream().filter(w -> w.database() == number).toList());
      }
    }
    return cuts;
  }

  /** Makes each disk twice: one to be opened, and one to begin with when the trace is replayed. */
  private void loseFirst() throws Exception {
    SimulatedDisk disk = recording.disk(recording.trace());
    for (int i = 0; i < moments.size(); i++) {
      disk.advanceThrough(moments.get(i));
      Path image = Files.createDirectory(before.resolve(Integer.toString(i)));
      disk.write(cuts.randomCut(disk), random, image);
      copy(image, after.resolve(Integer.toString(i)));
      databases.add(after.resolve(Integer.toString(i)).resolve(Recording.DATABASE));
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private void loseAgain(
      int number, PowerTrace whole, Witness witness, List<RecoveringServer.Write> writes)
      throws Exception {
    Path root = after.resolve(Integer.toString(number));
    PowerTrace trace =
        whole.only(event -> Path.of(event.path().replace('\0', '_')).startsWith(root));
    SimulatedDisk disk = new SimulatedDisk(root, trace, before.resolve(Integer.toString(number)));
    List<Integer> seconds =
        new Moments(trace, trace.events().size(), random)
            .anywhere(CUTS / 2)
            .atTurns(CUTS / 2)
            .sorted();
    for (int moment : seconds) {
      disk.advanceThrough(moment);
      witness.advance(Recovery.at(trace.nanosBehind(moment), writes));
      cuts.cut(disk, witness, Recording.DATABASE, number + ": " + trace.events().get(moment));
    }
    witness.advance(Recovery.NONE);
  }
}
