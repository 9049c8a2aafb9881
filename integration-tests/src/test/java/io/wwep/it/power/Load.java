package io.wwep.it.power;

import static org.awaitility.Awaitility.await;

import io.wwep.it.WwepProcess;
import io.wwep.it.conformance.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/**
 * What boards do to a server while its files are traced: some one write at a time, some many, on
 * plain connections and on TLS, and one program reads.
 */
final class Load {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);

  /** With so many registers, storing them takes a good part of the log. */
  private static final int MANY_DEVICES = 64;

  private final List<Board> boards = new ArrayList<>();
  private final Watcher watcher;
  private final AtomicBoolean running = new AtomicBoolean();
  private final List<CompletableFuture<Void>> tasks = new ArrayList<>();

  private Load(List<Board.Habits> habits, long seed) {
    for (Board.Habits each : habits) {
      boards.add(new Board(each, seed + boards.size()));
    }
    watcher = new Watcher(boards, seed);
  }

  /** Returns a load that soon has the log copied, the history pruned, and its index made. */
  static Load heavy(long seed) {
    return new Load(habits(MANY_DEVICES, 2000), seed);
  }

  /** Returns a load that makes some files and no more. */
  static Load light(long seed) {
    return new Load(habits(2, 30), seed);
  }

  /** Returns a load of one board that writes once at a time. */
  static Load single(long seed) {
    return new Load(habits(1, 1).subList(0, 1), seed);
  }

  private static List<Board.Habits> habits(int devices, int pipelined) {
    SSLContext tls = Trust.EVERYBODY;
    return List.of(
        new Board.Habits(0x1000, 1, 1, null),
        new Board.Habits(0x1100, 1, 1, tls),
        new Board.Habits(0x1200, devices, pipelined, null),
        new Board.Habits(0x1300, devices, pipelined, null),
        new Board.Habits(0x1400, devices, pipelined, tls));
  }

  /** Lets the boards write until {@link #stop}, or until the server has gone. */
  void start(WwepProcess server) {
    watch(server);
    for (Board board : boards) {
      int port = board.habits().tls() == null ? server.plainPort() : server.tlsPort();
      run(() -> board.write(port, running::get));
    }
  }

  /** Lets the program read alone. */
  void watch(WwepProcess server) {
    running.set(true);
    run(() -> watcher.read(server.plainPort(), running::get));
  }

  private void run(Runnable task) {
    tasks.add(CompletableFuture.runAsync(task, command -> new Thread(command).start()));
  }

  /** Asks the boards to end, and waits for the replies that they wait for. */
  void stop() {
    running.set(false);
    join();
  }

  /** Waits until the boards have noticed that the server has gone. */
  void join() {
    tasks.forEach(CompletableFuture::join);
    tasks.clear();
  }

  /** Waits until somebody has read what the first board has written last. */
  void awaitSightOfLastWrite() {
    Board board = boards.get(0);
    int last = board.count() - 1;
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> watcher.hasSeen(board.address(last), board.value(last)));
  }

  List<Board> boards() {
    return boards;
  }

  Watcher watcher() {
    return watcher;
  }

  /** Returns how many writes have a reply, about. */
  int acknowledged() {
    return boards.stream().mapToInt(Board::acknowledgedCount).sum();
  }

  /** Waits until so many more writes have a reply. */
  void awaitMore(int writes) {
    int enough = acknowledged() + writes;
    await().atMost(PATIENCE).pollInterval(POLL).until(() -> acknowledged() >= enough);
  }
}
