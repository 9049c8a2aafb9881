package io.wwep.server;

import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.Store;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A store whose commits with writes wait until the test lets them go. */
final class HeldStore extends ForwardingStore {

  final Store registers;
  final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();

  HeldStore() {
    super(RunningServer.memory());
    registers = behind();
  }

  @Override
  public void execute(Batch batch) {
    if (batch.writeCount() == 0) {
      registers.execute(batch);
    } else {
      waiting.add(batch);
    }
  }

  /** Commits the oldest batch on the calling thread. */
  void commitOne() throws InterruptedException {
    registers.execute(waiting.take());
  }

  /** Commits one after the other on the calling thread, until something else is done. */
  void commitUntil(Future<?> done) throws InterruptedException {
    while (!done.isDone()) {
      Batch oldest = waiting.poll(10, TimeUnit.MILLISECONDS);
      if (oldest != null) {
        registers.execute(oldest);
      }
    }
  }

  @Override
  public String description() {
    return "held";
  }
}
