package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineWheelTest {

  private static final MultiThreadIoEventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private final EventLoop loop = (EventLoop) GROUP.next();
  private final DeadlineWheel wheel = new DeadlineWheel(loop);

  @AfterAll
  static void stop() {
    GROUP.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  private long in(long millis) {
    return wheel.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void onLoop(Runnable work) throws Exception {
    loop.submit(work).get();
  }

  @Test
  void shouldExpireEachDeadlineOnceAndNotTooEarly() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    AtomicInteger expired = new AtomicInteger();
    List<Long> early = new CopyOnWriteArrayList<>();
    int count = 2_000;
    onLoop(
        () -> {
          for (int i = 0; i < count; i++) {
            long at = in(random.nextInt(1_000));
            wheel.set(
                new DeadlineWheel.Deadline(
                    () -> {
                      expired.incrementAndGet();
                      if (wheel.nanoTime() - at < 0) {
                        early.add(at);
                      }
                    }),
                at);
          }
        });
    await().until(() -> expired.get() == count);
    assertThat(early).isEmpty();
  }

  @Test
  void shouldExpireLaterWhenItIsMovedAndEarlierToo() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    DeadlineWheel.Deadline later = new DeadlineWheel.Deadline(() -> order.add("later"));
    DeadlineWheel.Deadline sooner = new DeadlineWheel.Deadline(() -> order.add("sooner"));
    onLoop(
        () -> {
          wheel.set(later, in(50));
          wheel.set(sooner, in(30_000));
          wheel.set(later, in(300));
          wheel.set(sooner, in(100));
        });
    await().until(() -> order.size() == 2);
    assertThat(order).containsExactly("sooner", "later");
  }

  @Test
  void shouldNotExpireWhatIsCleared() throws Exception {
    AtomicInteger expired = new AtomicInteger();
    DeadlineWheel.Deadline cleared = new DeadlineWheel.Deadline(expired::incrementAndGet);
    AtomicInteger after = new AtomicInteger();
    onLoop(
        () -> {
          wheel.set(cleared, in(20));
          wheel.clear(cleared);
          wheel.set(new DeadlineWheel.Deadline(after::incrementAndGet), in(120));
        });
    await().until(() -> after.get() == 1);
    assertThat(expired).hasValue(0);
  }

  @Test
  void shouldExpireWhatIsSetAgainWhileItExpires() throws Exception {
    AtomicInteger expired = new AtomicInteger();
    DeadlineWheel.Deadline[] self = new DeadlineWheel.Deadline[1];
    self[0] =
        new DeadlineWheel.Deadline(
            () -> {
              if (expired.incrementAndGet() < 5) {
                wheel.set(self[0], in(10));
              }
            });
    onLoop(() -> wheel.set(self[0], in(10)));
    await().until(() -> expired.get() == 5);
  }

  @Test
  void shouldReachDeadlinesBeyondOneTurn() throws Exception {
    AtomicInteger expired = new AtomicInteger();
    long turnMillis = 512 * 10;
    long at = in(turnMillis + 200);
    onLoop(() -> wheel.set(new DeadlineWheel.Deadline(expired::incrementAndGet), at));
    await().atMost(turnMillis + 5_000, TimeUnit.MILLISECONDS).until(() -> expired.get() == 1);
    assertThat(wheel.nanoTime() - at).isPositive();
  }
}
