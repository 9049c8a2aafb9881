package io.wwep.server;

import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.Store;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

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

  @Override
  public String description() {
    return "held";
  }
}
