package io.wwep.bench;

import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.MemoryStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Registers in memory, behind something that stands still once. */
final class StallingStore extends ForwardingStore {

  private final long stallAt;
  private final long stallNanos;
  private long batches;

  /**
   * @param stallAt the number of the batch that takes long
   */
  StallingStore(long stallAt, long stallMillis) {
    super(new MemoryStore());
    this.stallAt = stallAt;
    stallNanos = TimeUnit.MILLISECONDS.toNanos(stallMillis);
  }

  @Override
  public synchronized void execute(Batch batch) {
    if (++batches == stallAt) {
      long end = System.nanoTime() + stallNanos;
      while (System.nanoTime() - end < 0) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }
    super.execute(batch);
  }
}
