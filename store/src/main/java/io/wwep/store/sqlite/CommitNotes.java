package io.wwep.store.sqlite;

import io.wwep.store.HealthListener;
import io.wwep.store.StoreHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the commit thread notes of its doings, so that others can tell whether it is well, and are
 * told when writes stop being durable and when they are again.
 *
 * <p>Written by the commit thread, at the cost of a few stores to memory for each commit; read by
 * any thread.
 */
final class CommitNotes {

  private static final long RESTING = 0;
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String TAKES_WRITES = "%s takes writes again";

  private final Path path;
  private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
  private final Trouble commits = new Trouble();
  private final Trouble housekeeping = new Trouble();

  /** Found out by whoever asks, since an idle commit thread would not. */
  private final Trouble file = new Trouble();

  private volatile long lastWrite;
  private volatile long lastCommitMillis;
  private volatile long turnedNanos = RESTING;

  /** When the last commit failed. */
  private long failedNanos;

  /** Whether listeners were told of a failure and of no end of it yet. */
  private boolean told;

  /**
   * @param lastWrite number of the last write in the file
   */
  CommitNotes(Path path, long lastWrite) {
    this.path = path;
    this.lastWrite = lastWrite;
  }

  /** From any thread. */
  void addListener(HealthListener listener) {
    listeners.add(listener);
  }

  /** The thread begins another turn of its work. */
  void turn() {
    turnedNanos = System.nanoTime() | 1;
  }

  /** The thread has nothing to do. */
  void rest() {
    turnedNanos = RESTING;
  }

  /** A commit is durable, as far as the user chose. */
  void committed(long lastNumber, long timeMillis) {
    lastWrite = lastNumber;
    lastCommitMillis = timeMillis;
    wellAgain(commits, TAKES_WRITES);
  }

  /** Returns the number of the last durable write; 0 when there is none. Any thread. */
  long lastWrite() {
    return lastWrite;
  }

  /**
   * A commit has failed.
   *
   * @return cause and cure
   */
  String commitFailed(Throwable failure) {
    String sentence = SqliteFailure.sentence(failure, path);
    failing(commits, sentence);
    failedNanos = System.nanoTime();
    return sentence;
  }

  /** Returns for how long nobody need try whether commits work again. Commit thread. */
  long nanosUntilProbe(long nowNanos) {
    return commits.now == null ? Long.MAX_VALUE : Math.max(0, failedNanos + PROBE_NANOS - nowNanos);
  }

  /** A commit that nobody waited for has worked. */
  void probed() {
    wellAgain(commits, TAKES_WRITES);
  }

  /** After a failure of the disk, the file was opened again and holds what was acknowledged. */
  void proved(int registers) {
    housekeeping.is(null);
    wellAgain(
        commits,
        "%%s was opened again and checked: its %,d registers are as acknowledged, and all is on disk; writes are taken again"
            .formatted(registers));
  }

  /**
   * What is done between commits has been done; with {@code --fsync everysec} that is the sync too.
   *
   * @param failure null when there was none
   */
  void keptHouse(Throwable failure) {
    if (failure == null || SqliteFailure.isBusy(failure)) {
      wellAgain(housekeeping, TAKES_WRITES);
    } else {
      failing(housekeeping, SqliteFailure.sentence(failure, path));
    }
  }

  private void failing(Trouble trouble, String sentence) {
    trouble.is(sentence);
    if (!told) {
      told = true;
      tell(listener -> listener.failing(sentence));
    }
  }

  private void wellAgain(Trouble trouble, String format) {
    trouble.is(null);
    if (told && commits.now == null && housekeeping.now == null) {
      told = false;
      tell(listener -> listener.healed(format.formatted(path)));
    }
  }

  private void tell(Consumer<HealthListener> news) {
    listeners.forEach(listener -> Committer.guarded(() -> news.accept(listener)));
  }

  /**
   * Returns what all of this means. Any thread.
   *
   * @param missing says which file is gone or another one; null while all are there
   * @param intact whether nothing that was acknowledged may be lost by that
   */
  StoreHealth health(String missing, boolean intact) {
    file.is(missing);
    Trouble.Now worst =
        Stream.of(file, commits, housekeeping)
            .map(each -> each.now)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    long committedMillis = lastCommitMillis;
    long turned = turnedNanos;
    return new StoreHealth(
        lastWrite,
        committedMillis == 0 ? null : Instant.ofEpochMilli(committedMillis),
        worst == null ? null : worst.since,
        worst == null ? null : worst.sentence,
        intact,
        turned == RESTING ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - turned));
  }

  /** Something that goes wrong, or does not, and since when. */
  private static final class Trouble {

    /** What is wrong. */
    private record Now(Instant since, String sentence) {}

    private volatile Now now;

    /**
     * @param sentence null when all is well
     */
    void is(String sentence) {
      Now before = now;
      if (sentence != null) {
        now = new Now(before == null ? Instant.now() : before.since, sentence);
      } else if (before != null) {
        now = null;
      }
    }
  }
}
