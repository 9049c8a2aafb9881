package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.benchmarks.Messages;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that allocates for each request would make the collector's pauses part of replies. */
class RequestPathAllocationTest {

  private static final int ROUND_REQUESTS = 64 * 1000;

  static Arguments[] messages() {
    return new Arguments[] {
      Arguments.of("read", Messages.READ, 1),
      Arguments.of("write", Messages.WRITE, 1),
      Arguments.of("batch", Messages.BATCH, Messages.BATCH_REQUESTS),
      Arguments.of("illegal message", Messages.ILLEGAL, 1),
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void shouldAllocateNothingForARequest(String name, byte[] read, int requests) throws Exception {
    ExecutorService loop = new LoopThreads(1, "played-loop");
    try {
      Future<Double> bytes = loop.submit(() -> bytesPerRequest(read, requests));

      assertThat(bytes.get(60, TimeUnit.SECONDS))
          .as("bytes of the heap for one %s", name)
          .isLessThan(Allocations.max(requests));
    } finally {
      loop.shutdownNow();
    }
  }

  private static double bytesPerRequest(byte[] read, int requests) throws IOException {
    try (RequestPath path = new RequestPath()) {
      path.exchange(Messages.WRITE);
      path.exchange(read);
      int replied = path.exchange(read);
      return new Allocations(Thread.currentThread())
          .bytesPerRequest(
              ROUND_REQUESTS,
              Allocations.max(requests),
              () -> {
                for (int i = 0; i < ROUND_REQUESTS / requests; i++) {
                  assert path.exchange(read) == replied;
                }
              });
    }
  }
}
