package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.wwep.protocol.Neighbors;
import io.wwep.server.access.Access;
import io.wwep.server.access.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a server without its socket and its clock, both of which the caller plays: what
 * comes in, when, and how long it takes to commit.
 *
 * <p>In the server's package because what it drives has no other door than a port, and behind a
 * port a pause would take its time. All methods belong to one thread.
 */
public final class DrivenConnection {

  private static final Neighbors NEIGHBORS = new Neighbors(27708, 40508, null);
  private static final int PEER_PORT = 50_000;
  private static final EventFeed UNWATCHED = new EventFeed();
  private static final EventFeed WATCHED = watched();

  private final MockTicker ticker = Ticker.newMockTicker();
  private final HoldingStore store = new HoldingStore();
  private final Wire wire = new Wire(ticker);
  private final Loop loop;

  /** Whether the server has not been told yet that nothing more is there for now. */
  private boolean reading;

  static {
    LeakDetection.offUnlessAskedFor();
  }

  /**
   * A connection that has just been accepted.
   *
   * @param secure whether on the TLS port, with the handshake behind it
   * @param watched whether somebody looks at the console
   */
  public DrivenConnection(ServerConfig config, boolean secure, boolean watched) {
    EventFeed feed = watched ? WATCHED : UNWATCHED;
    loop = new Loop(wire.eventLoop(), config, Access.OPEN, store, feed, NEIGHBORS);
    Peer peer =
        new Peer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), PEER_PORT),
            secure ? Door.TLS : Door.PLAIN);
    AddressUse use = new AddressUse(peer.key(), config.limits(), System.nanoTime());
    wire.pipeline().addLast(new Connection(loop, peer, use, null));
  }

  private static EventFeed watched() {
    EventFeed feed = new EventFeed();
    feed.subscribe(
        new EventFeed.Listener() {
          @Override
          public void event(ServerEvent event) {}

          @Override
          public void dropped(long count) {}
        });
    return feed;
  }

  /**
   * The socket was read.
   *
   * @param last whether nothing more is there for now
   */
  public void read(byte[] bytes, boolean last) {
    if (!wire.isOpen()) {
      return;
    }
    ByteBuf read = Unpooled.wrappedBuffer(bytes);
    wire.pipeline().fireChannelRead(read);
    require(read.refCnt() == 0, "the server kept a read");
    reading = true;
    if (last) {
      completeRead();
    }
  }

  private void completeRead() {
    if (reading) {
      reading = false;
      wire.pipeline().fireChannelReadComplete();
    }
  }

  /** Nothing happens for so long, except what the server does by itself. */
  public void pause(int millis) {
    release();
    long untilNanos = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      long nextNanos = wire.runScheduledPendingTasks();
      long leftNanos = untilNanos - ticker.nanoTime();
      if (nextNanos < 0 || nextNanos > leftNanos) {
        ticker.advance(leftNanos, TimeUnit.NANOSECONDS);
        return;
      }
      ticker.advance(nextNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The peer ends its side. */
  public void halfClose() {
    completeRead();
    if (wire.outputShutdown) {
      wire.close(); // as the transport does by itself then; see Farewell
    } else if (wire.isOpen()) {
      wire.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      wire.pipeline().fireChannelReadComplete();
    }
  }

  /** The peer resets the connection. */
  public void abort() {
    completeRead();
    if (wire.isOpen()) {
      wire.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
      require(!wire.isOpen(), "the connection survived a reset");
    }
    release();
  }

  /** Commits take until {@link #release} from now on. */
  public void hold() {
    completeRead();
    store.hold();
  }

  /** Commits are done. */
  public void release() {
    completeRead();
    store.release();
  }

  /** Returns all that was sent. */
  public String replies() {
    return wire.sent.toString();
  }

  /** Whether the server has ended its side, or both. */
  public boolean hasEnded() {
    return wire.outputShutdown || !wire.isOpen();
  }

  /** Returns what was stored, in order, as in {@code 0FAC0B=1234}. */
  public List<String> written() {
    return store.written();
  }

  /**
   * Waits until the server has closed the connection by itself, and looks whether anything of it is
   * left.
   *
   * @param millisMax longer than the longest of its timeouts
   */
  public void end(int millisMax) {
    pause(millisMax);
    require(!wire.isOpen(), "the connection is still there after all timeouts");
    require(wire.runScheduledPendingTasks() < 0, "a timer is left behind");
    wire.checkException();
    loop.abandon();
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }

  /** Takes what is written. */
  private static final class Wire extends EmbeddedChannel implements DuplexChannel {

    private final StringBuilder sent = new StringBuilder();
    private boolean outputShutdown;

    Wire(Ticker ticker) {
      super(EmbeddedChannel.builder().ticker(ticker));
    }

    @Override
    protected void handleOutboundMessage(Object message) {
      ByteBuf bytes = (ByteBuf) message;
      require(!outputShutdown || !bytes.isReadable(), "bytes behind the FIN");
      sent.append(bytes.toString(StandardCharsets.ISO_8859_1));
      bytes.release();
    }

    @Override
    public ChannelFuture shutdownOutput() {
      outputShutdown = true;
      return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOutputShutdown() {
      return outputShutdown;
    }

    @Override
    public boolean isInputShutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }
  }
}
