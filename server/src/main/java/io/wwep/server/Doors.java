package io.wwep.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.tls.TlsContexts;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens, and sets up each connection that comes in.
 *
 * <p>Made and closed by the server's thread; connections are set up on their own loops.
 */
final class Doors {

  private static final int BACKLOG = 4096;
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final ServerConfig config;
  private final EventLoopGroup group;
  private final Transport transport;
  private final Map<EventLoop, Loop> loops;
  private final TlsContexts tls;
  private final EventFeed feed;
  private final ConnectionLimit limit;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param loops by their event loops
   * @param tls null where TLS is not served
   */
  Doors(
      ServerConfig config,
      EventLoopGroup group,
      Transport transport,
      Map<EventLoop, Loop> loops,
      TlsContexts tls,
      EventFeed feed) {
    this.config = config;
    this.group = group;
    this.transport = transport;
    this.loops = loops;
    this.tls = tls;
    this.feed = feed;
    limit = ConnectionLimit.of(config.connectionsMax(), Descriptors.max());
  }

  ConnectionLimit limit() {
    return limit;
  }

  /** Returns how many connections are open. */
  int connectionCount() {
    return connections.get();
  }

  /**
   * Listens on a port; nobody is let in before {@link #welcomeAll}.
   *
   * @throws ServerException when the port cannot be had
   */
  Channel open(boolean secure) {
    int port = secure ? config.tlsPort() : config.plainPort();
    ChannelFuture bound = bootstrap(secure).bind(address(port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw BindFailure.of(bound.cause(), config.bindAddress(), port, secure);
    }
    return bound.channel();
  }

  /** Lets in who knocks, and who has been waiting. */
  static void welcomeAll(Channel listening) {
    listening.config().setAutoRead(true);
  }

  private InetSocketAddress address(int port) {
    return config.bindAddress() == null
        ? new InetSocketAddress(port)
        : new InetSocketAddress(config.bindAddress(), port);
  }

  private ServerBootstrap bootstrap(boolean secure) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new AcceptFailures(feed, secure))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    welcome(channel, secure);
                  }
                });
    transport.tune(bootstrap::childOption, secure);
    return bootstrap;
  }

  private void welcome(Channel channel, boolean secure) {
    int open = connections.incrementAndGet();
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    Loop loop = loops.get(channel.eventLoop());
    Peer peer = new Peer((InetSocketAddress) channel.remoteAddress(), secure);
    if (open > limit.max() + limit.toldMax()) {
      channel.close();
      return;
    }
    Connection connection = secure ? secure(channel, loop, peer) : plain(channel, loop, peer);
    if (open > limit.max()) {
      turnAway(connection, new Reporter(loop, peer));
    }
  }

  private static Connection plain(Channel channel, Loop loop, Peer peer) {
    Connection connection = new Connection(loop, peer, null);
    channel.pipeline().addLast(connection);
    return connection;
  }

  private Connection secure(Channel channel, Loop loop, Peer peer) {
    TlsGate gate = new TlsGate(loop, peer);
    Connection connection = new Connection(loop, peer, gate);
    gate.guard(connection);
    channel.pipeline().addLast(gate, new HelloReader(tls, gate.report()), connection);
    return connection;
  }

  private void turnAway(Connection connection, Reporter reporter) {
    reporter.rejected(() -> Rejection.limited(limit.sentence()));
    connection.turnAway(RejectCode.LIMITED);
  }
}
