package io.wwep.server;

import io.wwep.store.Batch;
import io.wwep.store.CommitListener;
import io.wwep.store.Store;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A store whose commits with writes wait until the test lets them go. */
final class HeldStore implements Store {

  final Store registers = RunningServer.memory();
  final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();

  @Override
  public int read(int address) {
    return registers.read(address);
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
  public int deviceCount() {
    return registers.deviceCount();
  }

  @Override
  public int registerCount() {
    return registers.registerCount();
  }

  @Override
  public void addListener(CommitListener listener) {
    registers.addListener(listener);
  }

  @Override
  public String description() {
    return "held";
  }

  @Override
  public void close() {
    registers.close();
  }
}
