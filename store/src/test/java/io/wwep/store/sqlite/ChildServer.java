package io.wwep.store.sqlite;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a store, to be killed. Each of its threads counts one register up, writing the
 * next number once the last one is completed; for each number it prints a line <em>after</em> it
 * was acknowledged, and for each number that a reader sees another.
 */
final class ChildServer implements AutoCloseable {

  static final String READY = "ready";
  static final int WRITERS = 8;

  private final Process process;
  private final BufferedReader output;

  private ChildServer(Process process) {
    this.process = process;
    output = process.inputReader(StandardCharsets.US_ASCII);
  }

  /**
   * Starts the process.
   *
   * @param prefix a command to run it with, as strace and its options; may be empty
   * @param writes how many numbers each thread writes before it stops
   * @param pauseMillis how long a thread waits between two numbers
   */
  static ChildServer start(
      List<String> prefix, Path data, Fsync fsync, int writers, int writes, long pauseMillis)
      throws IOException {
    return start(prefix, data, fsync, "" + writers, "" + writes, "" + pauseMillis);
  }

  /**
   * Starts a process whose threads all count up register 0, by compare-and-set, until it is killed;
   * each acknowledged number is a line with a full stop at its end.
   */
  static ChildServer startIncrementing(Path data, Fsync fsync, int writers) throws IOException {
    return start(List.of(), data, fsync, "" + writers);
  }

  private static ChildServer start(List<String> prefix, Path data, Fsync fsync, String... numbers)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ChildServer.class.getName(), data.toString(), fsync.name()));
    command.addAll(List.of(numbers));
    return new ChildServer(
        new ProcessBuilder(command).redirectError(new File(data + ".stderr")).start());
  }

  /** Returns the next line of its output, null at the end. */
  String readLine() throws IOException {
    return output.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as {@code kill -9} does and waits until it is gone. */
  void kill() throws InterruptedException {
    // Through the handle, which leaves the pipe open: what it had printed can still be read.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs in the child. */
  public static void main(String[] args) throws InterruptedException {
    Path data = Path.of(args[0]);
    Store store = SqliteStore.openIn(data, Fsync.valueOf(args[1]), HistoryLimit.DEFAULT);
    int writers = Integer.parseInt(args[2]);
    if (args.length == 3) {
      incrementUntilKilled(store, writers);
      return;
    }
    int writes = Integer.parseInt(args[3]);
    long pauseMillis = Long.parseLong(args[4]);
    System.out.println(READY);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int address = i << 8;
      threads.add(new Thread(() -> countUp(store, address, writes, pauseMillis)));
    }
    Thread reader = new Thread(() -> watch(store, writers));
    reader.setDaemon(true);
    reader.start();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    print("done");
    // Without a close, as a killed server.
    Runtime.getRuntime().halt(0);
  }

  private static void incrementUntilKilled(Store store, int writers) {
    System.out.println(READY);
    for (int i = 0; i < writers; i++) {
      new Thread(() -> incrementForEver(store)).start();
    }
  }

  private static void incrementForEver(Store store) {
    while (true) {
      int before = store.read(0);
      int number = Math.max(0, before) + 1;
      Call call = Call.write(0, number).thenExpect(0, before).runOn(store);
      if (call.failure() == null) {
        print(number + ".");
      }
    }
  }

  private static void countUp(Store store, int address, int writes, long pauseMillis) {
    int first = store.read(address) + 1;
    for (int number = first; number < first + writes; number++) {
      Call call = Call.write(address, number & 0xFFFF).runOn(store);
      print((call.failure() == null ? "ack " : "fail ") + address + " " + number);
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void watch(Store store, int writers) {
    int[] seen = new int[writers];
    while (true) {
      for (int i = 0; i < writers; i++) {
        int value = store.read(i << 8);
        if (value > seen[i]) {
          seen[i] = value;
          print("seen " + (i << 8) + " " + value);
        }
      }
      Thread.onSpinWait();
    }
  }

  private static synchronized void print(String line) {
    PrintStream out = System.out;
    out.println(line);
    out.flush();
  }
}
