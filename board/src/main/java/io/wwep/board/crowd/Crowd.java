package io.wwep.board.crowd;

import io.wwep.board.Board;
import io.wwep.board.Transmission;
import io.wwep.board.script.Script;
import io.wwep.board.script.ScriptRun;
import io.wwep.board.script.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Boards that are there at the same time, each with a thread and connections of its own, as in a
 * class. Used once, by one thread; any thread may call {@link #stop}.
 */
public final class Crowd implements AutoCloseable {

  /** Boards of a crowd at most. */
  public static final int BOARDS_MAX = 1_000;

  private final List<Board> boards;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads;

  /**
   * @param boards 1 to {@link #BOARDS_MAX}; closed together with this
   * @throws IllegalArgumentException for any other number
   */
  public Crowd(List<Board> boards) {
    requireCount(boards.size());
    this.boards = List.copyOf(boards);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "wwep-board");
              thread.setDaemon(true);
              return thread;
            });
  }

  static void requireCount(int count) {
    if (count < 1 || count > BOARDS_MAX) {
      throw new IllegalArgumentException(
          "boards must be 1 to %d, not %d".formatted(BOARDS_MAX, count));
    }
  }

  /**
   * Has all boards press their buttons, spread evenly over the time between two presses, and waits
   * for the end.
   *
   * @param second is told once a second, on the calling thread, what there was by then
   * @return what there was in all
   * @throws InterruptedException when the thread is interrupted
   */
  public Totals press(Pace pace, Consumer<Totals> second) throws InterruptedException {
    Tally tally = new Tally();
    long start = System.nanoTime();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < boards.size(); i++) {
      Board board = boards.get(i);
      long first = start + pace.periodNanos() / boards.size() * i;
      tasks.add(
          () -> {
            press(board, pace, first, start + pace.duration().toNanos(), tally);
            return 0;
          });
    }
    run(tasks, () -> second.accept(tally.totals()));
    return tally.totals();
  }

  private void press(Board board, Pace pace, long first, long end, Tally tally)
      throws InterruptedException {
    long due = first;
    for (int count = 0; count < pace.messages() && due - end < 0 && !isStoppedBy(due); count++) {
      Transmission transmission = board.press(pace.buttons().get(count % pace.buttons().size()));
      if (isStopped()) {
        return; // What was cut off by that tells nothing of the server.
      }
      tally.add(board, transmission);
      due = Math.max(due + pace.periodNanos(), System.nanoTime());
    }
  }

  /** Waits until a moment, or until this is stopped. */
  private boolean isStoppedBy(long untilNanos) throws InterruptedException {
    return stopped.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Has each board play a script, and waits for the end.
   *
   * @param listener is told of each step, of one at a time
   * @return the worst exit code of all boards; see {@link ScriptRun#play}
   * @throws InterruptedException when the thread is interrupted
   */
  public int play(Script script, Consumer<StepResult> listener) throws InterruptedException {
    Object one = new Object();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (Board board : boards) {
      Consumer<StepResult> told =
          result -> {
            synchronized (one) {
              if (!isStopped()) {
                listener.accept(result);
              }
            }
          };
      tasks.add(() -> new ScriptRun(script, board, told).play());
    }
    return run(tasks, () -> {});
  }

  /** Runs all, and something each second; returns the largest result. */
  private int run(List<Callable<Integer>> tasks, Runnable eachSecond) throws InterruptedException {
    long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    List<Future<Integer>> running = new ArrayList<>();
    try {
      tasks.forEach(task -> running.add(threads.submit(task)));
    } catch (RejectedExecutionException stoppedMeanwhile) {
      return 0;
    }
    int largest = 0;
    for (Future<Integer> each : running) {
      Integer result = null;
      while (result == null) {
        try {
          result = each.get(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException aSecondIsOver) {
          eachSecond.run();
          next += TimeUnit.SECONDS.toNanos(1);
        } catch (ExecutionException e) {
          result = failed(e);
        }
      }
      largest = Math.max(largest, result);
    }
    return largest;
  }

  private int failed(ExecutionException e) {
    if (e.getCause() instanceof InterruptedException && isStopped()) {
      return 0;
    }
    stop();
    throw new IllegalStateException("a board's thread failed", e.getCause());
  }

  /** Ends everything soon: no board begins anything more, and what is under way is cut off. */
  public void stop() {
    stopped.countDown();
    threads.shutdownNow(); // Before what this cuts off can look as if a server had done it.
    boards.forEach(Board::close);
  }

  @Override
  public void close() {
    stop();
  }
}
