package io.wwep.server;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import io.netty.util.internal.OutOfDirectMemoryError;

/**
 * What becomes of a fault.
 *
 * <p>An exception stays with the connection on which it happened: what a connection has is its own,
 * and it is closed. An {@link Error} may have left anything half done that connections share, so it
 * goes to the uncaught exception handler of its thread, which ends the process of a {@code wwep
 * serve}: what is acknowledged is on disk, and a new process has no doubts. Netty by itself would
 * log either and go on.
 */
final class Fault {

  private Fault() {}

  /** Whether it cannot stay with one connection. */
  static boolean isFatal(Throwable fault) {
    return fault instanceof Error && !isLackOfBuffers(fault);
  }

  /**
   * Netty counts the memory of its buffers, and the JDK that of its own: a buffer that there is no
   * room for was not begun, and peers who take all the room must not end the server.
   */
  private static boolean isLackOfBuffers(Throwable fault) {
    return fault instanceof OutOfDirectMemoryError
        || (fault instanceof OutOfMemoryError
            && String.valueOf(fault.getMessage()).contains("direct buffer memory"));
  }

  /** Whether it is a mistake of this program, and none of a peer or the network. */
  static boolean isMistake(Throwable fault) {
    return fault instanceof RuntimeException
        && !(fault instanceof CodecException)
        && !(fault instanceof ChannelException);
  }

  /** Hands a fault to the handler of this thread, for what Netty would catch. */
  static void raise(Throwable fault) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
  }

  /** Says that a connection was closed for a mistake or for lack of buffers. */
  static String sentence(Throwable fault) {
    return isLackOfBuffers(fault)
        ? "there is no memory left for this connection's bytes, so it was closed: give java more, as in WWEP_JAVA_OPTIONS=-Xmx2g, or take fewer connections with --max-connections"
        : "this connection was closed by a fault in wwep (%s): report it with the request before it"
            .formatted(fault);
  }
}
