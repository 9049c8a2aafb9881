package io.wwep.it.linear;

import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.MemoryStore;
import io.wwep.store.RegisterTable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Registers in memory, and a copy that has each write some time after it was acknowledged. Some
 * reads are answered from the copy, which is the mistake.
 */
final class LaggingStore extends ForwardingStore {

  private static final int LAG_MILLIS = 20;

  private final RegisterTable copy = new RegisterTable();
  private final ScheduledExecutorService copying = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong batchesOfReads = new AtomicLong();
  private final int rightAnswers;

  /**
   * @param rightAnswers how many batches of reads are answered well between two that are not; 0 for
   *     a store that acknowledges each write before it has it
   */
  LaggingStore(int rightAnswers) {
    super(new MemoryStore());
    this.rightAnswers = rightAnswers;
    behind().addListener((sequence, time, address, value, origin) -> copyLater(address, value));
  }

  private void copyLater(int address, int value) {
    var unused =
        copying.schedule(() -> copy.set(address, value), LAG_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void execute(Batch batch) {
    boolean hasWrites = batch.writeCount() > 0;
    if (hasWrites || batchesOfReads.incrementAndGet() % (rightAnswers + 1) != 0) {
      super.execute(batch);
    } else {
      batch.apply(copy);
      batch.completion().completed(batch);
      batch.completion().flush();
    }
  }

  @Override
  public String description() {
    return "memory, with stale reads";
  }

  @Override
  public void close() {
    copying.shutdownNow();
    super.close();
  }
}
