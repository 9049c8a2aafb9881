package io.wwep.store.linear;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Completion;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Calls of a store, from any thread, on two registers. */
public abstract class StoreCalls {

  private static final int REGISTERS = 2;

  final Store store;
  private final int firstAddress;

  StoreCalls(Store store, int firstAddress) {
    this.store = store;
    this.firstAddress = firstAddress;
  }

  @Operation
  public int write(
      @Param(gen = IntGen.class, conf = "0:1") int register,
      @Param(gen = IntGen.class, conf = "1:2") int value)
      throws InterruptedException {
    Exchange exchange = new Exchange();
    exchange.batch.addWrite(firstAddress + register, value);
    return exchange.on(store);
  }

  @Operation
  public int compareAndSet(
      @Param(gen = IntGen.class, conf = "0:1") int register,
      @Param(gen = IntGen.class, conf = "-1:2") int expected,
      @Param(gen = IntGen.class, conf = "1:2") int value)
      throws InterruptedException {
    Exchange exchange = new Exchange();
    exchange.batch.addWrite(firstAddress + register, value);
    exchange.batch.expect(firstAddress + register, expected);
    return exchange.on(store);
  }

  @Operation
  public int readInABatch(@Param(gen = IntGen.class, conf = "0:1") int register)
      throws InterruptedException {
    Exchange exchange = new Exchange();
    exchange.batch.addRead(firstAddress + register);
    return exchange.on(store);
  }

  @Operation
  public int read(@Param(gen = IntGen.class, conf = "0:1") int register) {
    return store.read(firstAddress + register);
  }

  /** A batch of one request. */
  private static final class Exchange implements Completion {

    final Batch batch = new Batch(this);
    private final CountDownLatch done = new CountDownLatch(1);

    Exchange() {
      batch.start(Call.PLAIN);
    }

    int on(Store store) throws InterruptedException {
      store.execute(batch);
      done.await();
      return batch.value(0);
    }

    @Override
    public void completed(Batch finished) {}

    @Override
    public void flush() {
      done.countDown();
    }
  }

  /** In memory, each time a new one, which any thread may close. */
  public static final class Memory extends StoreCalls {

    public Memory() {
      super(new MemoryStore(), 0);
    }

    @Operation
    public void close() {
      store.close();
    }
  }

  /** On a file. All use one store, each with registers of its own that nobody has written. */
  public static final class OnFile extends StoreCalls {

    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();
    private static Store shared;

    public OnFile() {
      super(shared, NEXT_ADDRESS.getAndAdd(REGISTERS));
    }

    static void use(Store store) {
      shared = store;
    }
  }

  /** A store, one call after the other. */
  public static final class Model {

    private final Map<Integer, Integer> values = new HashMap<>();
    private boolean closed;

    public int write(int register, int value) {
      if (closed) {
        return Batch.FAILED;
      }
      values.put(register, value);
      return value;
    }

    public int compareAndSet(int register, int expected, int value) {
      return closed || read(register) == expected ? write(register, value) : Batch.CONFLICT;
    }

    public int readInABatch(int register) {
      return read(register);
    }

    public int read(int register) {
      return values.getOrDefault(register, Store.ABSENT);
    }

    public void close() {
      closed = true;
    }
  }
}
