package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.certs.Identity;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Servers that do nothing but shake hands, and say how that went; and clients to run at them. */
final class HandshakeBench implements AutoCloseable {

  static final String SUCCESS = "the handshake succeeded";

  private static final long WAIT_SECONDS = 30;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Path directory;
  private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<ClientHello> hellos = new LinkedBlockingQueue<>();

  /**
   * @param directory where clients find their files
   */
  HandshakeBench(Path directory) {
    this.directory = directory;
  }

  /** A client, given the server's port. */
  interface Client {
    void run(int port) throws Exception;
  }

  /** Returns a program whose arguments have PORT in place of the port. */
  Client program(List<String> command) {
    return port ->
        run(
            command.stream()
                .map(each -> each.replace("PORT", String.valueOf(port)))
                .toArray(String[]::new));
  }

  /** Returns how the server saw each of the clients, which come one after the other. */
  List<String> outcomes(
      Provider provider, Identity identity, TlsSettings settings, Client... clients)
      throws Exception {
    TlsContext context = provider.context(identity, settings);
    Channel server = serve(context, new ServerSide(settings, identity, false, null));
    try {
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      List<String> seen = new ArrayList<>();
      for (Client each : clients) {
        each.run(port);
        seen.add(outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        assertThat(hellos.poll().malformed()).isFalse();
      }
      return seen;
    } finally {
      server.close().sync();
      context.close();
    }
  }

  private Channel serve(TlsContext context, ServerSide side) throws Exception {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Recorder(context));
                channel.pipeline().addLast(new Closer(side));
              }
            })
        .bind("127.0.0.1", 0)
        .sync()
        .channel();
  }

  private final class Recorder extends SslClientHelloHandler<TlsLayer> {

    private final TlsContext context;

    Recorder(TlsContext context) {
      this.context = context;
    }

    @Override
    protected Future<TlsLayer> lookup(ChannelHandlerContext ctx, ByteBuf bytes) {
      hellos.add(ClientHello.parse(ByteBufUtil.getBytes(bytes)));
      return ctx.executor().newSucceededFuture(context.newLayer(ctx.alloc()));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<TlsLayer> made) {
      ctx.pipeline().replace(this, "tls", made.getNow());
    }
  }

  private final class Closer extends ChannelInboundHandlerAdapter {

    private final ServerSide side;

    Closer(ServerSide side) {
      this.side = side;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        outcomes.add(handshake.isSuccess() ? success(ctx) : explain(handshake.cause()));
        if (handshake.isSuccess()) {
          // BoringSSL sends the tickets of TLS 1.3 with the first bytes of the server.
          ctx.writeAndFlush(Unpooled.copiedBuffer("X", StandardCharsets.US_ASCII));
        } else {
          ctx.close();
        }
      }
    }

    private String success(ChannelHandlerContext ctx) {
      try {
        ClientCertificate client = ctx.pipeline().get(TlsLayer.class).client();
        return SUCCESS + (client == null ? "" : " with " + client.holder());
      } catch (ClientRefusal refusal) {
        return explain(refusal);
      }
    }

    private String explain(Throwable cause) {
      return new TlsDiagnosis(hellos.peek(), side).explain(cause, TlsDiagnosis.NO_ALERT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /** Runs a client to its end; what it says itself is of no interest. */
  private void run(String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(emptyFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      Assumptions.abort(command[0] + " is not installed");
      return;
    }
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private File emptyFile() throws IOException {
    return Files.write(directory.resolve("empty"), new byte[0]).toFile();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
