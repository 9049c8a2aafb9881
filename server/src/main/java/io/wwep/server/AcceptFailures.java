package io.wwep.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Errors;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.access.Door;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Says why connections cannot be accepted, once in a while. They wait in the kernel meanwhile:
 * Netty's own handler, behind this one, takes none for a second and then tries again.
 *
 * <p>On the loop of a listening socket.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  /** EMFILE and ENFILE. */
  private static final int TOO_MANY_IN_PROCESS = 24;

  private static final int TOO_MANY_IN_SYSTEM = 23;

  private static final String MORE_FILES =
      "let this machine and this process open more files (ulimit -n), or take fewer connections with --max-connections";
  private static final String SYSTEM = "the system's log may say why, as with a lack of memory";

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<EventLoop, Loop> loops;
  private final EventFeed feed;
  private final Door door;
  private long reportAtNanos = System.nanoTime();

  /**
   * @param loops by their event loops
   */
  AcceptFailures(Map<EventLoop, Loop> loops, EventFeed feed, Door door) {
    this.loops = loops;
    this.feed = feed;
    this.door = door;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Fault.isFatal(cause)) {
      Fault.raise(cause);
    }
    String words = String.valueOf(cause.getMessage());
    boolean files = isLackOfFiles(cause);
    if (files) {
      loops.get(ctx.channel().eventLoop()).counters.count(Counter.ACCEPT_PAUSES);
    }
    long now = System.nanoTime();
    if (now - reportAtNanos >= 0) {
      reportAtNanos = now + REPORT_NANOS;
      feed.publish(
          new ServerEvent.Notice(
              Instant.now(),
              door,
              "-",
              "no connection can be accepted (%s): %s"
                  .formatted(words, files ? MORE_FILES : SYSTEM)));
    }
    ctx.fireExceptionCaught(cause);
  }

  /** Java's own sockets have no more than the system's words. */
  private static boolean isLackOfFiles(Throwable cause) {
    if (cause instanceof Errors.NativeIoException failed) {
      int number = Math.abs(failed.expectedErr());
      return number == TOO_MANY_IN_PROCESS || number == TOO_MANY_IN_SYSTEM;
    }
    return String.valueOf(cause.getMessage()).contains("open files");
  }
}
