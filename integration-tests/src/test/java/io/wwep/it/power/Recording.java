package io.wwep.it.power;

import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Servers that run one after the other on the same files, a load, and the trace of it all. */
final class Recording implements AutoCloseable {

  /** Where the database is below the root. */
  static final Path DATABASE = Path.of("wwep-data", "wwep.db");

  /** A run of the history's index is 65,536 writes; this holds one, and little more. */
  private static final int HISTORY_ROWS = 70_000;

  private final Path directory;
  private final Path root;
  private final Path traceFile;
  private final Load load;
  private final PowerRecorder recorder;
  private PowerTrace trace;

  /**
   * @param directory exists; the server's files, the trace and the images are made there
   */
  Recording(Path directory, Load load) throws Exception {
    this.directory = directory;
    this.load = load;
    recorder = PowerRecorder.build(directory);
    root = Files.createDirectory(directory.resolve("root")).toRealPath();
    traceFile = directory.resolve("trace");
  }

  /** Starts a server; its data directory is made by the first. */
  WwepProcess serve(String fsync) throws Exception {
    return serve(fsync, recorder.recording(root, traceFile));
  }

  /** Starts a server that kills itself in place of its Nth sync of the log. */
  WwepProcess serveUntilSync(int number, String fsync) throws Exception {
    return serve(
        fsync, recorder.recording(root, traceFile).with("POWER_KILL_AT", Integer.toString(number)));
  }

  /** Starts a server whose syncs fail now and then while there is a file of this name. */
  WwepProcess serveWithFailures(Path whileThere) throws Exception {
    return serve(
        "always", recorder.recording(root, traceFile).with("POWER_FAIL", whileThere.toString()));
  }

  private WwepProcess serve(String fsync, Surroundings surroundings) throws IOException {
    if (Files.exists(traceFile)) {
      PowerTrace.endWithWholeRecord(traceFile);
    }
    List<String> options = new ArrayList<>(List.of("--quiet", "--fsync", fsync));
    options.addAll(List.of("--history", HISTORY_ROWS + "rows"));
    return WwepProcess.serve(surroundings, root, options.toArray(String[]::new));
  }

  /** Returns what was recorded; the servers have ended. */
  PowerTrace trace() throws Exception {
    if (trace == null) {
      trace = PowerTrace.read(traceFile);
    }
    return trace;
  }

  /** Returns what has been recorded by now, while the server goes on. */
  PowerTrace traceSoFar() throws Exception {
    return PowerTrace.read(traceFile);
  }

  /** Returns the disk at the beginning, when nothing was on it. */
  SimulatedDisk disk(PowerTrace of) throws Exception {
    return new SimulatedDisk(root, of, null);
  }

  Witness witness() {
    return new Witness(load, HISTORY_ROWS);
  }

  PowerRecorder recorder() {
    return recorder;
  }

  Path root() {
    return root;
  }

  /**
   * Cuts the power at moments of the trace, or of some of it.
   *
   * @param moments in ascending order
   * @param allowedNanos how much may be lost
   */
  PowerCuts cutAt(
      List<Integer> moments, PowerTrace of, Witness witness, long allowedNanos, long seed)
      throws Exception {
    PowerCuts cuts = new PowerCuts(directory, new Random(seed));
    SimulatedDisk disk = disk(of);
    for (int moment : moments) {
      disk.advanceThrough(moment);
      long now = of.nanosBehind(moment);
      witness.advance(now, now - allowedNanos);
      cuts.cut(disk, witness, DATABASE, moment + " " + of.events().get(moment));
    }
    return cuts;
  }

  @Override
  public void close() throws IOException {
    if (trace != null) {
      trace.close();
    }
  }
}
