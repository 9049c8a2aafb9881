package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.wwep.protocol.ShownFrame;
import java.nio.charset.StandardCharsets;

/**
 * Watches from behind TLS what a board does that was shown a wrong certificate: what it sends, or
 * that it leaves without a word. Why a handshake failed is {@link HandshakeReport}'s to say.
 *
 * <p>Owned by the loop's thread; only in the pipeline of a connection that is probed.
 */
final class ProbeWitness extends ChannelInboundHandlerAdapter {

  /** A command and a device ID. */
  private static final int NAMED_BYTES = 5;

  private final Probe probe;
  private final StringBuilder said = new StringBuilder();
  private boolean up;

  ProbeWitness(Probe probe) {
    this.probe = probe;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    listen((ByteBuf) message);
    if (said.length() == NAMED_BYTES) {
      probe.spoke(ShownFrame.device(said.toString()));
    }
    ctx.fireChannelRead(message);
  }

  private void listen(ByteBuf bytes) {
    int end = bytes.writerIndex();
    for (int i = bytes.readerIndex(); i < end && said.length() < NAMED_BYTES; i++) {
      byte each = bytes.getByte(i);
      boolean lineEnd = each == '\r' || each == '\n';
      if (!lineEnd || !said.isEmpty()) {
        said.append(new String(new byte[] {each}, StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      up = true;
      probe.handshakeDone();
    }
    super.userEventTriggered(ctx, event);
  }

  /** With TLS 1.3 a client that refuses may be gone before what is left to send to it is sent. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    if (!said.isEmpty()) {
      probe.spoke(ShownFrame.UNKNOWN);
    } else if (up) {
      probe.leftInSilence();
    } else {
      probe.dropped(/* orderly= */ false);
    }
  }
}
