package io.wwep.server;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** Which of the operating system's interfaces moves the bytes. */
public enum Transport {
  /** The fastest that works here: io_uring, else epoll, else NIO. */
  AUTO,
  /** Linux io_uring; blocked in many containers. */
  IO_URING,
  /** Linux epoll. */
  EPOLL,
  /** The JDK's own selector: works everywhere. */
  NIO;

  private static final long UNSENT_BYTES_MAX = 64 * 1024;

  static {
    IoUringRequests.oneByOneUnlessAskedFor();
  }

  /**
   * Returns the transport that this one means on this machine.
   *
   * @throws ServerException when it does not work here; names the reason and the cure
   */
  public Transport resolve() {
    return switch (this) {
      case AUTO -> IoUring.isAvailable() ? IO_URING : Epoll.isAvailable() ? EPOLL : NIO;
      case IO_URING -> require(IoUring.isAvailable(), IoUring.unavailabilityCause());
      case EPOLL -> require(Epoll.isAvailable(), Epoll.unavailabilityCause());
      case NIO -> NIO;
    };
  }

  private Transport require(boolean available, Throwable cause) {
    if (!available) {
      throw new ServerException(
          "%s does not work on this machine (%s): leave the transport to the server"
              .formatted(words(), rootMessage(cause)),
          cause);
    }
    return this;
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root == null ? "no reason given" : String.valueOf(root.getMessage());
  }

  /** Returns the name that people know it by. */
  public String words() {
    return this == AUTO ? "auto" : this == IO_URING ? "io_uring" : this == EPOLL ? "epoll" : "NIO";
  }

  /** Returns what drives the event loops of this resolved transport. */
  public IoHandlerFactory ioHandlers() {
    return switch (this) {
      case IO_URING -> IoUringIoHandler.newFactory(ReceiveRing.config());
      case EPOLL -> EpollInterest.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  /** Returns the kind of channel that a client of this resolved transport connects with. */
  public Class<? extends SocketChannel> clientChannel() {
    return switch (this) {
      case IO_URING -> IoUringSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      default -> NioSocketChannel.class;
    };
  }

  /** Takes options: {@code childOption} of a server's bootstrap, {@code option} of a client's. */
  public interface Options {

    /** Sets one. */
    <T> void set(ChannelOption<T> option, T value);
  }

  /**
   * Sets what is this resolved transport's own.
   *
   * @param secure whether connections speak TLS, which may keep what was read for a while
   */
  public void tune(Options connections, boolean secure) {
    if (this == IO_URING) {
      ReceiveRing.use(connections);
    } else if (!secure) {
      connections.set(ChannelOption.RECVBUF_ALLOCATOR, ReusedBuffer.forReads());
    }
  }

  /**
   * Keeps the kernel from taking far more replies than the peer does, megabytes on Linux: they
   * would not count as waiting, and a peer that takes some of them would seem to take none.
   */
  void boundUnsent(ChannelConfig connection) {
    try {
      switch (this) {
        case IO_URING ->
            connection.setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
        case EPOLL -> connection.setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
        default -> connection.setOption(ChannelOption.SO_SNDBUF, (int) UNSENT_BYTES_MAX);
      }
    } catch (ChannelException refused) {
      // Systems that only resemble Linux may not know it; the kernel takes more there. A peer that
      // has gone meanwhile comes to its end in another way.
    }
  }

  Class<? extends ServerChannel> serverChannel() {
    return switch (this) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }
}
