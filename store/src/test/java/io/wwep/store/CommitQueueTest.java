package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class CommitQueueTest {

  private static final int PRODUCERS = 4;
  private static final int EACH = 50_000;

  private final CommitQueue queue = new CommitQueue();

  private static Batch batch(int producer, int number) {
    Batch batch = new Batch(null);
    batch.start(Call.PLAIN);
    batch.addGap(producer);
    batch.addGap(number);
    return batch;
  }

  private static List<Integer> numbers(Batch first) {
    List<Integer> numbers = new ArrayList<>();
    for (Batch batch = first; batch != null; batch = batch.nextInQueue) {
      numbers.add(batch.value(1));
    }
    return numbers;
  }

  @Test
  void shouldGiveBatchesInTheirOrder() {
    queue.setTaker(Thread.currentThread());
    assertThat(queue.takeAll()).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(queue.offer(batch(0, i))).isTrue();
    }
    assertThat(numbers(queue.takeAll())).containsExactly(0, 1, 2, 3, 4);
    assertThat(queue.takeAll()).isNull();
  }

  @Test
  void shouldGiveWhatWasQueuedWhenItWasClosedAndTakeNoMore() {
    queue.setTaker(Thread.currentThread());
    queue.offer(batch(0, 1));
    queue.offer(batch(0, 2));
    assertThat(queue.isClosed()).isFalse();
    queue.close();
    queue.close();
    assertThat(queue.isClosed()).isTrue();
    assertThat(queue.offer(batch(0, 3))).isFalse();
    assertThat(numbers(queue.takeAll())).containsExactly(1, 2);
    assertThat(queue.takeAll()).isNull();
    assertThat(queue.offer(batch(0, 4))).isFalse();
    queue.await(TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void shouldTellItsLength() {
    queue.setTaker(Thread.currentThread());
    assertThat(queue.length()).isZero();
    for (int i = 1; i <= 3; i++) {
      queue.offer(batch(0, i));
      assertThat(queue.length()).isEqualTo(i);
    }
    Batch first = queue.takeAll();
    assertThat(queue.length()).isZero();
    assertThat(CommitQueue.lengthOf(first)).isEqualTo(3);
    assertThat(CommitQueue.lengthOf(first.unlinkNext())).isEqualTo(2);
    queue.offer(batch(0, 4));
    queue.close();
    assertThat(queue.length()).isOne();
    assertThat(CommitQueue.lengthOf(queue.takeAll())).isOne();
    assertThat(queue.length()).isZero();
  }

  @Test
  void shouldNotSleepWithoutATime() {
    queue.setTaker(Thread.currentThread());
    queue.await(0);
    queue.await(-1);
    assertThat(queue.takeAll()).isNull();
  }

  /** The taker sleeps for an hour whenever the queue is empty, so that a missed wake-up hangs. */
  @Test
  void shouldWakeTheTakerAndKeepTheOrderOfEachProducer() throws Exception {
    int[] next = new int[PRODUCERS];
    AtomicLong wrong = new AtomicLong();
    Thread taker =
        new Thread(
            () -> {
              int left = PRODUCERS * EACH;
              while (left > 0) {
                Batch batch = queue.takeAll();
                if (batch == null) {
                  queue.await(TimeUnit.HOURS.toNanos(1));
                }
                for (; batch != null; batch = batch.nextInQueue) {
                  left--;
                  wrong.addAndGet(next[batch.value(0)]++ == batch.value(1) ? 0 : 1);
                }
              }
            });
    taker.setDaemon(true);
    queue.setTaker(taker);
    taker.start();
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int producer = i;
      producers.add(new Thread(() -> produce(producer)));
    }
    producers.forEach(Thread::start);
    taker.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(taker.isAlive()).as("still waits for a batch").isFalse();
    assertThat(wrong).hasValue(0);
    assertThat(next).containsOnly(EACH);
  }

  private void produce(int producer) {
    for (int i = 0; i < EACH; i++) {
      queue.offer(batch(producer, i));
      if (i % 256 == 0) {
        LockSupport.parkNanos(1);
      }
    }
  }
}
