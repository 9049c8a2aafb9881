package io.wwep.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.wwep.protocol.RejectCode;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.access.Door;
import io.wwep.server.tls.TlsContexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;

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
  private final Probes probes;
  private final EventFeed feed;
  private final Turnstile turnstile;

  /**
   * @param loops by their event loops
   * @param tls null where TLS is not served
   * @param probes know whom to show a wrong certificate
   */
  Doors(
      ServerConfig config,
      EventLoopGroup group,
      Transport transport,
      Map<EventLoop, Loop> loops,
      TlsContexts tls,
      Probes probes,
      EventFeed feed) {
    this.config = config;
    this.group = group;
    this.transport = transport;
    this.loops = loops;
    this.tls = tls;
    this.probes = probes;
    this.feed = feed;
    turnstile = new Turnstile(config.limits(), Descriptors.max());
  }

  ConnectionLimit limit() {
    return turnstile.all();
  }

  /** Returns how many connections are open. */
  int connectionCount() {
    return turnstile.openCount();
  }

  /** Returns how many of them are on the TLS port. */
  int tlsConnectionCount() {
    return turnstile.openTlsCount();
  }

  /**
   * Listens on a port; nobody is let in before {@link #welcomeAll}.
   *
   * @throws ServerException when the port cannot be had
   */
  Channel open(Door door) {
    int port = door == Door.TLS ? config.tlsPort() : config.plainPort();
    ChannelFuture bound = bootstrap(door).bind(address(port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw BindFailure.of(bound.cause(), config.bindAddress(), port, door);
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

  private ServerBootstrap bootstrap(Door door) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new AcceptFailures(loops, feed, door))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    welcome(channel, door);
                  }

                  @Override
                  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    notWelcome(ctx.channel(), door, cause);
                  }
                });
    transport.tune(bootstrap::childOption, door == Door.TLS);
    return bootstrap;
  }

  private void welcome(Channel channel, Door door) {
    Loop loop = loops.get(channel.eventLoop());
    loop.counters.count(door == Door.TLS ? Counter.ACCEPTED_TLS : Counter.ACCEPTED_PLAIN);
    transport.boundUnsent(channel.config());
    Peer peer = new Peer((InetSocketAddress) channel.remoteAddress(), door);
    Turnstile.Entry entry = turnstile.enter(channel, peer);
    Turnstile.Beyond beyond = entry.beyond();
    if (beyond == null) {
      connection(channel, loop, peer, entry.use());
      return;
    }
    loop.counters.count(beyond.counter());
    new Reporter(loop, peer).limited(beyond.shown(), beyond.told(), beyond.sentence());
    if (beyond.told()) {
      connection(channel, loop, peer, entry.use()).turnAway(RejectCode.LIMITED);
    } else {
      channel.close();
    }
  }

  private void notWelcome(Channel channel, Door door, Throwable cause) {
    if (Fault.isFatal(cause)) {
      Fault.raise(cause);
    }
    String peer = new Peer((InetSocketAddress) channel.remoteAddress(), door).text();
    feed.publish(new ServerEvent.Notice(Instant.now(), door, peer, Fault.sentence(cause)));
    channel.close();
  }

  private Connection connection(Channel channel, Loop loop, Peer peer, AddressUse use) {
    if (!peer.secure()) {
      Connection connection = new Connection(loop, peer, use, null);
      channel.pipeline().addLast(connection);
      return connection;
    }
    InetAddress reached =
        channel.localAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    TlsGate gate = new TlsGate(loop, peer, use, new HandshakeReport(loop, peer, tls, reached));
    Connection connection = new Connection(loop, peer, use, gate);
    gate.guard(connection);
    channel.pipeline().addLast(gate, new HelloReader(tls, probes, peer, gate.report()), connection);
    return connection;
  }
}
