package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * A socket whose calls are made one by one, each awaited. Owned by the thread that makes the steps;
 * the work is done on an event loop that has nothing else to do.
 */
final class SlowSocket {

  /** Closing is a courtesy, and must not take as long as a server likes. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private static final long CLOSE_NOTIFY_MILLIS = 200;

  private final EventLoop loop;
  private final Journal journal;
  private final PacketBuffers buffers;
  private final Channel channel = new Channel();
  private final WireWatcher watcher;
  private final ReplyReader reader;
  private ChannelFuture written;
  private volatile long flushedNanos;

  /**
   * Makes the socket.
   *
   * @param tls reads the TLS that passes, or null for plain TCP
   * @param replies how many to read; 0 reads until the server closes
   */
  SlowSocket(EventLoop loop, Journal journal, TlsReader tls, int replies)
      throws IOException, InterruptedException {
    this.loop = loop;
    this.journal = journal;
    buffers = new PacketBuffers(journal);
    watcher = new WireWatcher(journal, tls);
    reader = new ReplyReader(journal, tls != null, replies);
    // Without reading: what comes before TLS begins is not for the program.
    channel.config().setAutoRead(false).setAllowHalfClosure(true).setTcpNoDelay(true);
    channel.config().setAllocator(buffers).setRecvByteBufAllocator(new PacketReads());
    channel.pipeline().addLast(watcher).addLast("reader", reader);
    await(loop.register(channel), CLOSE_TIMEOUT);
  }

  /** Takes any free port, and returns it. */
  int bind() throws IOException, InterruptedException {
    await(channel.bind(new InetSocketAddress(0)), CLOSE_TIMEOUT);
    return channel.localAddress().getPort();
  }

  void connect(InetAddress address, int port, Duration timeout)
      throws IOException, InterruptedException {
    channel.config().setConnectTimeoutMillis(0); // The wait here has a time of its own.
    await(channel.connect(new InetSocketAddress(address, port)), timeout);
  }

  /** Returns this side's address and port. */
  InetSocketAddress local() throws IOException {
    return channel.local();
  }

  /** Returns the server's address and port. */
  InetSocketAddress peer() {
    return channel.remoteAddress();
  }

  /** Lets the program read what comes, over plain TCP. */
  void startReading() {
    channel.config().setAutoRead(true);
  }

  /** Performs the TLS handshake. */
  void secure(SSLEngine engine, Duration timeout) throws IOException, InterruptedException {
    SslHandler tls = new SslHandler(engine);
    tls.setHandshakeTimeoutMillis(0);
    tls.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    call(
        () -> {
          watcher.endsWithPeer(true);
          channel.pipeline().addBefore("reader", null, tls);
          channel.config().setAutoRead(true);
          return null;
        });
    try {
      await(tls.handshakeFuture(), timeout);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The alert that says why is on its way, and then it is closed.
      channel.closeFuture().await(CLOSE_TIMEOUT.toMillis());
      throw e;
    }
    call(
        () -> {
          watcher.endsWithPeer(false);
          return null;
        });
  }

  /**
   * Puts the message into a packet buffer and shares that with the network stack. Reading rests
   * until the flush: a ticket that came meanwhile would have TLS send what waits.
   */
  void write(byte[] message, String shown) throws InterruptedException {
    call(
        () -> {
          ByteBuf buffer = buffers.transmit();
          try {
            buffer.writeBytes(message);
            PacketBuffers.filled(buffer, BufferState.Type.T, shown);
            channel.config().setAutoRead(false);
            written = channel.write(buffer.retain());
          } finally {
            buffer.release();
          }
          return null;
        });
  }

  /** Has the network stack send what it shares. */
  void flush(Duration timeout) throws IOException, InterruptedException {
    written.addListener(sent -> flushedNanos = System.nanoTime());
    call(
        () -> {
          channel.flush();
          channel.config().setAutoRead(true);
          return null;
        });
    await(written, timeout);
    settle();
  }

  /** Returns when the message was with the operating system, by {@link System#nanoTime}. */
  long flushedNanos() {
    return flushedNanos;
  }

  ReplyReader reader() {
    return reader;
  }

  /** Waits for the reply until a time by {@link System#nanoTime}. */
  ReplyReader.Outcome read(long deadlineNanos) throws InterruptedException {
    long nanos = Math.max(0, deadlineNanos - System.nanoTime());
    try {
      reader.outcome().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      call(
          () -> {
            reader.giveUp();
            return null;
          });
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reader's outcome has no failure", e);
    }
    settle();
    return reader.outcome().join();
  }

  /** Ends the connection, with TLS' own notice where there is TLS. */
  void close() throws InterruptedException {
    if (!channel.close().await(CLOSE_TIMEOUT.toMillis())) {
      channel.unsafe().closeForcibly();
    }
    settle();
  }

  BufferUse use() throws InterruptedException {
    return call(buffers::use);
  }

  /** Waits until the event loop has done what it has begun, so that all of it is written down. */
  void settle() throws InterruptedException {
    call(() -> null);
  }

  Journal journal() {
    return journal;
  }

  private <V> V call(Callable<V> work) throws InterruptedException {
    try {
      return loop.submit(work).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the event loop failed: " + e.getCause(), e);
    }
  }

  private static void await(Future<?> future, Duration timeout)
      throws IOException, InterruptedException {
    if (!future.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      future.cancel(false);
      throw new SocketTimeoutException("not within " + timeout);
    }
    if (!future.isSuccess()) {
      throw ioException(future.cause());
    }
  }

  /** Returns what the JDK's own sockets say of a peer that answers without TLS. */
  static IOException noTls(Throwable cause) {
    return new SSLException("Unsupported or unrecognized SSL message", cause);
  }

  /** Returns a failure as the JDK's own sockets would tell of it. */
  static IOException ioException(Throwable failure) {
    Throwable cause =
        failure instanceof DecoderException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NotSslRecordException) {
      return noTls(cause);
    }
    if (cause instanceof ClosedChannelException) {
      return new EOFException("it closed the connection");
    }
    if (cause instanceof ConnectException refused) {
      return new ConnectException(refused.getMessage());
    }
    return cause instanceof IOException told ? told : new IOException(cause);
  }

  /** A channel that knows its address behind the connection, and not only that of the bind. */
  private static final class Channel extends NioSocketChannel {

    InetSocketAddress local() throws IOException {
      return (InetSocketAddress) javaChannel().getLocalAddress();
    }
  }
}
