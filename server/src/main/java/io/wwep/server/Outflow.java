package io.wwep.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Watches whether a peer takes what waits for it.
 *
 * <p>Bytes wait in the channel's own buffer, encrypted where there is TLS; the kernel is kept from
 * hoarding (see {@link Transport#boundUnsent}), so that what it takes is what the peer takes, give
 * or take some. While anything waits there is a look now and then; progress is every byte that has
 * gone since the last one. A peer without any for the time that it has is stalled.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class Outflow {

  private static final long LOOK_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
  private static final int LOOKS_MIN = 8;

  private final Channel channel;
  private final DeadlineWheel wheel;
  private final long stalledNanos;
  private final Runnable onStall;
  private final DeadlineWheel.Deadline nextLook = new DeadlineWheel.Deadline(this::look);

  private boolean watching;

  /** Writes so far. The channel counts those that wait, and not those that have gone. */
  private long writes;

  private long goneSeen;
  private long progressSeen;
  private long progressNanos;

  /**
   * @param stalledMillis how long the peer may take nothing
   * @param onStall called once, when it has taken nothing for so long
   */
  Outflow(Channel channel, DeadlineWheel wheel, long stalledMillis, Runnable onStall) {
    this.channel = channel;
    this.wheel = wheel;
    stalledNanos = TimeUnit.MILLISECONDS.toNanos(stalledMillis);
    this.onStall = onStall;
  }

  /** Something has been written and flushed. */
  void wrote() {
    writes++;
    watch();
  }

  /** Watches, if anything waits, until nothing does. */
  void watch() {
    if (!watching && waits() != null) {
      watching = true;
      noteProgress(waits(), wheel.nanoTime());
    }
  }

  /** Returns what waits, or null when nothing does. */
  private ChannelOutboundBuffer waits() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty() ? null : buffer;
  }

  private void noteProgress(ChannelOutboundBuffer waiting, long nowNanos) {
    progressNanos = nowNanos;
    see(waiting);
    lookAgain(nowNanos);
  }

  private void see(ChannelOutboundBuffer waiting) {
    goneSeen = writes - waiting.size();
    progressSeen = waiting.currentProgress();
  }

  private void lookAgain(long nowNanos) {
    wheel.set(nextLook, nowNanos + Math.min(LOOK_NANOS_MAX, stalledNanos / LOOKS_MIN));
  }

  private void look() {
    ChannelOutboundBuffer waiting = waits();
    watching = waiting != null;
    if (!watching) {
      return;
    }
    long now = wheel.nanoTime();
    // TLS may make several writes of one, so that fewer seem gone than before.
    boolean progress =
        writes - waiting.size() > goneSeen || waiting.currentProgress() != progressSeen;
    if (progress) {
      noteProgress(waiting, now);
    } else if (now - progressNanos < stalledNanos) {
      see(waiting);
      lookAgain(now);
    } else {
      onStall.run();
    }
  }

  /** The channel is gone. */
  void end() {
    wheel.clear(nextLook);
  }
}
