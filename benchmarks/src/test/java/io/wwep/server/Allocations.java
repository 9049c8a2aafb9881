package io.wwep.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What threads take from the heap for each request, once the compiler is done with their code. When
 * that is cannot be asked for, so that rounds are run until one of them takes as little as wanted.
 */
final class Allocations {

  /** What is taken now and then is not taken for a request: half a byte each is one in 50. */
  private static final double BYTES_PER_REQUEST_MAX = 1;

  /**
   * Without sun.misc.Unsafe, which newer JDKs keep from Netty, it makes a view of each buffer that
   * bytes are copied from; the compiler does away with that in most runs.
   */
  private static final double VIEW_BYTES = PlatformDependent.hasUnsafe() ? 0 : 64;

  private static final int ROUNDS_MAX = 400;

  /** Returns how many bytes a request may take, of so many that one read brings. */
  static double max(int requestsOfARead) {
    return BYTES_PER_REQUEST_MAX + VIEW_BYTES / requestsOfARead;
  }

  /** Serves some requests. */
  interface Round {

    void run() throws IOException;
  }

  private final ThreadMXBean counter;
  private final Thread[] threads;

  /** Skips the test where the JVM does not count. */
  Allocations(Thread... threads) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemoryEnabled(),
        "this JVM does not count a thread's allocations");
    counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    this.threads = threads;
  }

  /**
   * Runs rounds until one takes less than wanted.
   *
   * @param requests the number that one round serves
   * @param wanted bytes for one request
   * @return the bytes for one request in the last round that was run
   */
  double bytesPerRequest(int requests, double wanted, Round round) throws IOException {
    double bytes = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS_MAX && bytes >= wanted; i++) {
      long before = allocated();
      round.run();
      bytes = (double) (allocated() - before) / requests;
    }
    return bytes;
  }

  private long allocated() {
    long bytes = 0;
    for (Thread thread : threads) {
      bytes += counter.getThreadAllocatedBytes(thread.getId());
    }
    return bytes;
  }
}
