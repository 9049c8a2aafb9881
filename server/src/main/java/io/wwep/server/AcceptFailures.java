package io.wwep.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Says why connections cannot be accepted, once in a while. They wait in the kernel meanwhile.
 *
 * <p>On the loop of a listening socket.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** With io_uring Netty tries again at once, which would take a whole processor. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EventFeed feed;
  private final boolean secure;
  private long reportAtNanos = System.nanoTime();

  AcceptFailures(EventFeed feed, boolean secure) {
    this.feed = feed;
    this.secure = secure;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    long now = System.nanoTime();
    if (now - reportAtNanos >= 0) {
      reportAtNanos = now + REPORT_NANOS;
      feed.publish(
          new ServerEvent.Notice(
              Instant.now(),
              secure,
              "-",
              "no connection can be accepted (%s): let this machine and this process open more files (ulimit -n), or take fewer connections with --max-connections"
                  .formatted(cause.getMessage())));
    }
    LockSupport.parkNanos(REST_NANOS);
    ctx.fireExceptionCaught(cause);
  }
}
