package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.wwep.protocol.Neighbors;
import io.wwep.server.access.Access;
import io.wwep.server.access.Door;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * All that the server does between a read of a socket and the write of the replies, without the
 * socket: one connection on a loop that the caller's thread plays, with registers in memory.
 *
 * <p>In the server's package because the path has no other door than a port, and behind a port the
 * kernel's share could not be told from ours. All methods belong to one thread.
 */
public final class RequestPath implements AutoCloseable {

  private static final Neighbors NO_NEIGHBORS = new Neighbors(-1, -1, null);
  private static final int PEER_PORT = 50_000;

  private final Store store = new MemoryStore();
  private final EventFeed feed = new EventFeed();
  private final Wire wire;

  /** A connection that has just been accepted on the plain port, with nobody at the console. */
  public RequestPath() {
    LeakDetection.offUnlessAskedFor();
    wire = new Wire();
    Loop loop =
        new Loop(
            wire.eventLoop(), ServerConfig.onFreePorts(), Access.OPEN, store, feed, NO_NEIGHBORS);
    Peer peer =
        new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), PEER_PORT), Door.PLAIN);
    long now = System.nanoTime();
    AddressUse use = new AddressTable(Limits.DEFAULT).enter(peer.key(), now).use();
    wire.pipeline().addLast(new Connection(loop, peer, use, null));
  }

  /**
   * Serves one read of the socket.
   *
   * @param requests the bytes that it brought
   * @return the number of bytes replied; what they are nobody looks at
   * @throws IllegalStateException when the connection has been closed, as it is after some illegal
   *     messages
   */
  public int exchange(byte[] requests) {
    if (!wire.isOpen()) {
      throw new IllegalStateException(
          "the server has closed the connection: end illegal messages with a line end");
    }
    wire.replied = 0;
    ByteBuf read = wire.alloc().directBuffer(requests.length).writeBytes(requests);
    wire.pipeline().fireChannelRead(read);
    wire.pipeline().fireChannelReadComplete();
    return wire.replied;
  }

  @Override
  public void close() {
    wire.finishAndReleaseAll();
    feed.close();
    store.close();
  }

  /** Takes what is written, and drops it. */
  private static final class Wire extends EmbeddedChannel {

    private int replied;

    @Override
    protected void handleOutboundMessage(Object message) {
      replied += ((ByteBuf) message).readableBytes();
      ReferenceCountUtil.release(message);
    }
  }
}
