package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time is a number that each test moves. */
class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;

  /** Close to where the numbers of a clock that may begin anywhere wrap around. */
  private static final long START = Long.valueOf(Long.MAX_VALUE) - SECOND / 2;

  private static int takeAll(TokenBucket bucket, long now) {
    int taken = 0;
    while (bucket.take(now)) {
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100, 999_999, 1_000_000})
  void shouldGiveASecondsWorthAtOnceAndNoMore(int rate) {
    TokenBucket bucket = new TokenBucket(rate, START);
    assertThat(takeAll(bucket, START)).isEqualTo(rate);
    assertThat(bucket.take(START)).isFalse();
    assertThat(takeAll(bucket, START + SECOND)).isEqualTo(rate);
  }

  @Test
  void shouldFillSteadily() {
    TokenBucket bucket = new TokenBucket(10, START);
    takeAll(bucket, START);
    long tenth = SECOND / 10;
    assertThat(bucket.take(START + tenth - 1)).isFalse();
    assertThat(bucket.take(START + tenth)).isTrue();
    assertThat(bucket.take(START + tenth)).isFalse();
    assertThat(takeAll(bucket, START + 6 * tenth)).isEqualTo(5);
  }

  @Test
  void shouldNotSaveMoreThanASecondsWorth() {
    TokenBucket bucket = new TokenBucket(10, START);
    takeAll(bucket, START);
    assertThat(takeAll(bucket, START + 3600 * SECOND)).isEqualTo(10);
  }

  @Test
  void shouldBeFullASecondAfterItWasEmpty() {
    TokenBucket bucket = new TokenBucket(4, START);
    assertThat(bucket.isFull(START)).isTrue();
    takeAll(bucket, START);
    assertThat(bucket.isFull(START + SECOND - 1)).isFalse();
    assertThat(bucket.isFull(START + SECOND)).isTrue();
  }

  @Test
  void shouldGiveEachTokenToOneOfManyThreads() throws Exception {
    int rate = 50_000;
    TokenBucket bucket = new TokenBucket(rate, START);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        takers.add(() -> takeAll(bucket, START));
      }
      int taken = 0;
      for (Future<Integer> each : threads.invokeAll(takers)) {
        taken += each.get();
      }
      assertThat(taken).isEqualTo(rate);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldLetOneEventASecondPass() {
    OncePerSecond news = new OncePerSecond();
    assertThat(news.passes(START)).isTrue();
    assertThat(news.passes(START)).isFalse();
    assertThat(news.passes(START + SECOND - 1)).isFalse();
    assertThat(news.passes(START + SECOND)).isTrue();
  }
}
