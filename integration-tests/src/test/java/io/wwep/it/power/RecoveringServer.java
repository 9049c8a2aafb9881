package io.wwep.it.power;

import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that opens one database after the other, as servers do after a power loss, writes to
 * each, and closes every other one; the rest is left open when it ends.
 */
final class RecoveringServer {

  /**
   * A write to {@link Recovery#ADDRESS}.
   *
   * @param database which, from 0
   */
  record Write(int database, int value, long sentNanos, long acknowledgedNanos) {

    static Write parse(String line) {
      String[] fields = line.split(" ", -1);
      return new Write(
          Integer.parseInt(fields[0]),
          Integer.parseInt(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]));
    }

    void print() {
      System.out.printf("%d %d %d %d%n", database, value, sentNanos, acknowledgedNanos);
    }
  }

  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final int WRITES = 3;

  private RecoveringServer() {}

  /** Runs the process to its end, and returns what it wrote. */
  static List<Write> run(Surroundings surroundings, List<Path> databases)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", WwepProcess.classPath()));
    command.add(RecoveringServer.class.getName());
    databases.forEach(database -> command.add(database.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(surroundings.environment());
    Process process = builder.start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (process.waitFor() != 0) {
        throw new AssertionError("a database could not be opened: " + printed);
      }
      return printed.lines().map(Write::parse).toList();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs in the process. */
  public static void main(String[] databases) throws Exception {
    for (int i = 0; i < databases.length; i++) {
      Store store = SqliteStore.open(Path.of(databases[i]), Fsync.ALWAYS, NO_LIMIT);
      for (int value = 1; value <= WRITES; value++) {
        long sent = System.nanoTime();
        Survivor.write(store, Recovery.ADDRESS, value);
        new Write(i, value, sent, System.nanoTime()).print();
      }
      if (i % 2 == 0) {
        store.close();
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
