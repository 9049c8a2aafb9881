package io.wwep.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Registers that live as long as the process: for benchmarks, tests and lessons. Batches complete
 * within {@link #execute}, on the caller's thread.
 */
public final class MemoryStore implements Store {

  private final RegisterTable table = new RegisterTable();
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
  private long sequence;
  private boolean closed;

  @Override
  public int read(int address) {
    return table.get(address);
  }

  @Override
  public void execute(Batch batch) {
    if (batch.writeCount() == 0) {
      batch.apply(table);
    } else {
      write(batch);
    }
    batch.completion().completed(batch);
    batch.completion().flush();
  }

  /**
   * One writer at a time, so that the feed has the order in which the table changed, and none that
   * is still at it when {@link #close} has returned.
   */
  private synchronized void write(Batch batch) {
    if (closed) {
      batch.fail(table, Batch.CLOSED);
      return;
    }
    if (!batch.isAsExpected(table)) {
      return;
    }
    batch.apply(table);
    if (!listeners.isEmpty()) {
      tell(batch);
    }
  }

  private void tell(Batch batch) {
    long now = System.currentTimeMillis();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isWrite(i)) {
        long number = ++sequence;
        for (CommitListener listener : listeners) {
          listener.written(number, now, batch.address(i), batch.value(i), batch.origin());
        }
      }
    }
  }

  @Override
  public int deviceCount() {
    return table.deviceCount();
  }

  @Override
  public int registerCount() {
    return table.registerCount();
  }

  @Override
  public int visitDevices(int first, int limit, DeviceVisitor visitor) {
    return table.visitDevices(first, limit, visitor);
  }

  @Override
  public void addListener(CommitListener listener) {
    listeners.add(listener);
  }

  @Override
  public String description() {
    return "memory only, gone with the process";
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
