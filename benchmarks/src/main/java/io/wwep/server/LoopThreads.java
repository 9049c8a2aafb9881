package io.wwep.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads like those of the event loops. Netty keeps buffers and pools for
 * threads of its own kind only; on another thread each reply would pay for the lack of them.
 */
public final class LoopThreads extends ThreadPoolExecutor {

  /** Called by JMH, which is told the name of this class by a system property. */
  public LoopThreads(int threads, String name) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new DefaultThreadFactory(name, true));
  }
}
