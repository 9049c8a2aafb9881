package io.wwep.board.steps;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.wwep.board.Carrier;
import io.wwep.client.RawExchange;
import io.wwep.client.WwepClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Brings a board's messages to its server step by step, and tells of each step when it is over. No
 * session of TLS is resumed, so that each handshake shows the certificates.
 *
 * <p>Owned by one thread; it has one event loop of its own.
 */
public final class SlowMotion implements Carrier, AutoCloseable {

  /**
   * Longest pause: a message has two before its first byte, and servers wait for that 10 s and
   * less.
   */
  public static final Duration PAUSE_MAX = Duration.ofSeconds(3);

  private final Duration pause;
  private final StepListener listener;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("wwep-steps", true), NioIoHandler.newFactory());

  /**
   * Starts the event loop.
   *
   * @param pause how long to rest between two steps, 0 to {@link #PAUSE_MAX}
   * @param listener is told of the steps
   */
  public SlowMotion(Duration pause, StepListener listener) {
    this.pause = requirePause(pause);
    this.listener = listener;
    warmUp();
  }

  private static Duration requirePause(Duration pause) {
    if (pause.isNegative() || pause.compareTo(PAUSE_MAX) > 0) {
      throw new IllegalArgumentException(
          "pause must be 0 to %d s, not %s: a server does not wait longer for the first byte"
              .formatted(PAUSE_MAX.toSeconds(), pause));
    }
    return pause;
  }

  /** Java loads classes when they are first used, which no step is to be blamed for. */
  private void warmUp() {
    try {
      SlowSocket socket = new SlowSocket(loops.next(), new Journal(), null, 1);
      socket.write(new byte[0], "");
      socket.close();
    } catch (IOException e) {
      // The first message will meet the same, and tell of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public RawExchange exchange(WwepClient client, byte[] message, int replies) {
    Telling telling = new Telling(listener, pause);
    return new Walk(client.stepwise(), message, replies, loops.next(), telling).run();
  }

  /** Ends the event loop. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
