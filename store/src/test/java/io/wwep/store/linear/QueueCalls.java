package io.wwep.store.linear;

import io.wwep.store.Batch;
import io.wwep.store.CommitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Calls of the queue, from any thread but for the one that takes; numbers stand for batches. */
public final class QueueCalls {

  private final CommitQueue queue = new CommitQueue();

  @Operation
  public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int number) {
    Batch batch = new Batch(null);
    batch.addGap(number);
    return queue.offer(batch);
  }

  @Operation(nonParallelGroup = "taker")
  public List<Integer> takeAll() {
    List<Integer> numbers = new ArrayList<>();
    for (Batch batch = queue.takeAll(); batch != null; batch = batch.unlinkNext()) {
      numbers.add(batch.value(0));
    }
    return numbers;
  }

  @Operation
  public void close() {
    queue.close();
  }

  @Operation
  public boolean isClosed() {
    return queue.isClosed();
  }

  /** The queue, one call after the other. */
  public static final class Model {

    private List<Integer> queued = new ArrayList<>();
    private boolean closed;

    public boolean offer(int number) {
      return !closed && queued.add(number);
    }

    public List<Integer> takeAll() {
      List<Integer> taken = queued;
      queued = new ArrayList<>();
      return taken;
    }

    public void close() {
      closed = true;
    }

    public boolean isClosed() {
      return closed;
    }
  }

  /** Puts without a compare-and-set, and so loses one of two that are put side by side. */
  public static final class Losing {

    private final AtomicReference<List<Integer>> queued = new AtomicReference<>(List.of());

    @Operation
    public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int number) {
      List<Integer> more = new ArrayList<>(queued.get());
      more.add(number);
      queued.set(more);
      return true;
    }

    @Operation(nonParallelGroup = "taker")
    public List<Integer> takeAll() {
      return queued.getAndSet(List.of());
    }
  }
}
