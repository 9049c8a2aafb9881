package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.wwep.board.steps.Passed.Direction;
import io.wwep.protocol.WireText;

/** Stands next to the socket, below TLS, and sees what really passes it. */
final class WireWatcher extends ChannelDuplexHandler {

  /** More than a handshake and any reply take; who sends more is cut off. */
  static final int RECEIVED_BYTES_MAX = 1 << 18;

  private final Journal journal;
  private final TlsReader tls;
  private int received;
  private boolean endsWithPeer;

  /**
   * @param tls null for plain TCP
   */
  WireWatcher(Journal journal, TlsReader tls) {
    this.journal = journal;
    this.tls = tls;
  }

  /** Whether the connection is to end with the server's side: there is nothing to say any more. */
  void endsWithPeer(boolean ends) {
    endsWithPeer = ends;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    received += bytes.length;
    PacketBuffers.filled(buffer, BufferState.Type.R, holds(bytes));
    if (tls == null) {
      journal.add(Passed.text(Direction.RECEIVED, bytes, ""));
    } else {
      tls.received(bytes);
    }
    context.fireChannelRead(message);
    // Who answers without TLS may keep the connection, and TLS would wait for the rest of a record.
    boolean foreign = endsWithPeer && tls != null && tls.isForeign();
    if (foreign || received > RECEIVED_BYTES_MAX) {
      context.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ByteBuf buffer = (ByteBuf) message;
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    if (tls != null && bytes.length > 0) {
      PacketBuffers.filled(buffer, BufferState.Type.T, holds(bytes));
    }
    ChannelPromise seen = promise.unvoid();
    seen.addListener(
        outcome -> {
          if (outcome.isSuccess()) {
            sent(bytes);
          }
        });
    context.write(message, seen);
  }

  /** The operating system has taken them. */
  private void sent(byte[] bytes) {
    if (bytes.length == 0) {
      return; // TLS asks so for a flush.
    }
    if (tls == null) {
      journal.add(Passed.text(Direction.SENT, bytes, ""));
    } else {
      tls.sent(bytes);
    }
  }

  private String holds(byte[] bytes) {
    return tls == null ? WireText.show(bytes) : "%,d bytes of TLS".formatted(bytes.length);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    context.fireUserEventTriggered(event);
    if (event instanceof ChannelInputShutdownEvent && endsWithPeer) {
      context.close();
    }
  }
}
