package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A batch with a wait for its completion, and what the store did with it. */
public final class Call implements Completion {

  public static final Origin PLAIN = new Origin("192.0.2.7", false);
  public static final Origin TLS = new Origin("2001:db8::9", true);

  public final AtomicInteger completions = new AtomicInteger();
  public final AtomicInteger flushes = new AtomicInteger();
  private final Batch batch = new Batch(this);
  private CountDownLatch done = new CountDownLatch(1);

  private Call(Origin origin) {
    batch.start(origin);
  }

  public static Call from(Origin origin) {
    return new Call(origin);
  }

  public static Call write(int address, int value) {
    return from(PLAIN).thenWrite(address, value);
  }

  public Call thenWrite(int address, int value) {
    batch.addWrite(address, value);
    return this;
  }

  /** Makes the writes conditional. */
  public Call thenExpect(int address, int value) {
    batch.expect(address, value);
    return this;
  }

  public Call thenRead(int address) {
    batch.addRead(address);
    return this;
  }

  public Call thenGap(int tag) {
    batch.addGap(tag);
    return this;
  }

  /** Hands the batch over and does not wait. */
  public Call startOn(Store store) {
    store.execute(batch);
    return this;
  }

  public Call runOn(Store store) {
    return startOn(store).await();
  }

  public Call await() {
    try {
      assertThat(done.await(20, TimeUnit.SECONDS)).as("batch completed within 20 s").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** Empties the batch, which was completed, for other requests. */
  public Call again() {
    done = new CountDownLatch(1);
    batch.start(PLAIN);
    return this;
  }

  public boolean isDone() {
    return done.getCount() == 0;
  }

  public List<Integer> values() {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      values.add(batch.value(i));
    }
    return values;
  }

  public String failure() {
    return batch.failure();
  }

  public boolean isConflict() {
    return batch.isConflict();
  }

  public int conflictAddress() {
    return batch.conflictAddress();
  }

  public int conflictValue() {
    return batch.conflictValue();
  }

  @Override
  public void completed(Batch finished) {
    completions.incrementAndGet();
    assertThat(finished).isSameAs(batch);
  }

  @Override
  public void flush() {
    flushes.incrementAndGet();
    done.countDown();
  }
}
