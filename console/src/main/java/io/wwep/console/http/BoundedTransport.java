package io.wwep.console.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves the bytes of HTTP, and closes connections beyond a number as they are accepted, before TLS
 * or HTTP take memory for them: the server's own ports need files too.
 */
public final class BoundedTransport implements io.vertx.core.transport.Transport {

  /** Most connections at a time: a class of forty with three tabs each, and some programs. */
  static final int CONNECTIONS_MAX = 256;

  /** Most of them from one address, so that one machine cannot keep out all others. */
  static final int CONNECTIONS_OF_ADDRESS_MAX = 128;

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public Transport implementation() {
    return new NioTransport() {
      @Override
      public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domain) {
        return domain ? super.serverChannelFactory(true) : Listening::new;
      }
    };
  }

  /** The port; used by the thread that accepts. */
  private static final class Listening extends NioServerSocketChannel {

    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int open;

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int read = super.doReadMessages(accepted);
      if (read > 0) {
        Channel channel = (Channel) accepted.get(accepted.size() - 1);
        if (!admit(channel)) {
          accepted.remove(accepted.size() - 1);
          channel.unsafe().closeForcibly();
        }
      }
      return read;
    }

    private boolean admit(Channel channel) {
      if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
        return false; // It is gone already.
      }
      InetAddress address = peer.getAddress();
      synchronized (byAddress) {
        int own = byAddress.getOrDefault(address, 0);
        if (open >= CONNECTIONS_MAX || own >= CONNECTIONS_OF_ADDRESS_MAX) {
          return false;
        }
        open++;
        byAddress.put(address, own + 1);
      }
      channel.closeFuture().addListener(closed -> release(address));
      return true;
    }

    private void release(InetAddress address) {
      synchronized (byAddress) {
        open--;
        byAddress.computeIfPresent(address, (key, own) -> own == 1 ? null : own - 1);
      }
    }
  }
}
