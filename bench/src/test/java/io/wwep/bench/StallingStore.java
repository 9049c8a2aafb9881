package io.wwep.bench;

import io.wwep.store.Batch;
import io.wwep.store.CommitListener;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Registers in memory, behind something that stands still once. */
final class StallingStore implements Store {

  private final Store store = new MemoryStore();
  private final long stallAt;
  private final long stallNanos;
  private long batches;

  /**
   * @param stallAt the number of the batch that takes long
   */
  StallingStore(long stallAt, long stallMillis) {
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
    store.execute(batch);
  }

  @Override
  public int read(int address) {
    return store.read(address);
  }

  @Override
  public int deviceCount() {
    return store.deviceCount();
  }

  @Override
  public int registerCount() {
    return store.registerCount();
  }

  @Override
  public void addListener(CommitListener listener) {
    store.addListener(listener);
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public void close() {
    store.close();
  }
}
