package io.wwep.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import io.wwep.server.tls.TlsLayer;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its last reply is read.
 *
 * <p>A socket that is closed while bytes of the peer are unread, or arrive later, sends RST, and
 * the peer's kernel may then throw away the reply that the peer has not read yet. So the server
 * ends its own side only (close_notify on TLS, FIN), goes on reading what nobody will look at until
 * the peer ends too, and only then closes; a peer that does neither is given up after {@link
 * #DRAIN_MILLIS}.
 *
 * <p>Stands at the head of the pipeline meanwhile, so that nothing behind it sees the discarded
 * bytes. Owned by the loop's thread.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

  private static final long DRAIN_MILLIS = 2_000;

  private final ChannelHandlerContext context;
  private final DeadlineWheel wheel;
  private final Outflow outflow;
  private final DeadlineWheel.Deadline deadline = new DeadlineWheel.Deadline(this::giveUp);
  private boolean finCame;
  private boolean waiting;
  private boolean reset;

  /** The last byte is with the kernel; a channel closed before that would take it back. */
  private boolean flushed;

  /**
   * @param context of the connection, behind TLS where there is TLS
   * @param outflow gives up a peer that does not take what is owed
   */
  Farewell(ChannelHandlerContext context, DeadlineWheel wheel, Outflow outflow) {
    this.context = context;
    this.wheel = wheel;
    this.outflow = outflow;
  }

  /**
   * Starts; the channel closes by itself.
   *
   * @param finCame whether the peer's FIN has come, so that there is nothing to wait for
   */
  void start(boolean finCame) {
    this.finCame = finCame;
    if (!context.channel().isActive()) {
      return;
    }
    context.pipeline().addFirst(this);
    context.channel().config().setAutoRead(true);
    lastFlush().addListener(sent -> endOutput(sent.isSuccess()));
    outflow.watch();
  }

  /** Completes when everything before it is with the kernel. */
  private ChannelFuture lastFlush() {
    TlsLayer tls = context.pipeline().get(TlsLayer.class);
    return tls != null ? tls.closeOutbound() : context.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  private void endOutput(boolean sent) {
    flushed = true;
    if (finCame || !sent || !context.channel().isActive()) {
      context.channel().close();
      return;
    }
    waiting = true;
    wheel.set(deadline, wheel.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS));
    // The peer's FIN is the end now; to go on behind it would cost an exception, with its stack.
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    shutDownOutput(context.channel());
  }

  /** Netty's own way makes an exception for writes that wait, even if there are none. */
  private static void shutDownOutput(Channel channel) {
    if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
      try {
        socket.shutdown(false, true);
      } catch (IOException | NotYetConnectedException gone) {
        channel.close();
      }
    } else {
      ((DuplexChannel) channel).shutdownOutput();
    }
  }

  /** Closes without a farewell, so that the kernel too lets go of what waits for the peer. */
  static void reset(ChannelHandlerContext context) {
    try {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException gone) {
      // The peer was quicker.
    }
    // Past TLS, which would want to say something first.
    context.pipeline().firstContext().close();
  }

  private void giveUp() {
    waiting = false;
    context.channel().close();
  }

  /** Whether the peer has ended its side, once the channel is closed. */
  boolean isAnswered() {
    return !reset && (finCame || waiting);
  }

  /** Whether the peer has reset the connection, which TLS may keep to itself. */
  boolean isReset() {
    return reset;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reset |= cause instanceof IOException;
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      finCame = true;
      if (flushed) {
        ctx.channel().close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    wheel.clear(deadline);
    ctx.fireChannelInactive();
  }
}
