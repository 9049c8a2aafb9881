package io.wwep.console.http;

import io.vertx.core.impl.VertxThread;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Names the threads of HTTP as the house names its own: {@code wwep-http}, {@code
 * wwep-http-worker-0}. Vert.x finds it as a service.
 */
public final class ThreadNames implements VertxThreadFactory {

  private static final String LOOP = "vert.x-eventloop-thread-";
  private static final String WORKER = "vert.x-worker-thread-";

  /** Called by Vert.x. */
  public ThreadNames() {}

  @Override
  public void init(VertxBootstrap bootstrap) {
    bootstrap.threadFactory(this);
  }

  @Override
  public VertxThread newVertxThread(
      Runnable target, String name, boolean worker, long maxExecTime, TimeUnit unit) {
    return new VertxThread(target, ownName(name), worker, maxExecTime, unit);
  }

  private static String ownName(String name) {
    if (name.startsWith(LOOP)) {
      return "wwep-http";
    }
    return name.startsWith(WORKER)
        ? "wwep-http-worker-" + name.substring(WORKER.length())
        : name.replace("vert.x-", "wwep-http-").replace("-thread", "");
  }
}
