package io.wwep.board.steps;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.wwep.board.Carrier;
import io.wwep.client.ClientIdentity;
import io.wwep.client.RawExchange;
import io.wwep.client.StepwiseConnection;
import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Brings a board's messages to its server step by step, and tells of each step when it is over. No
 * session of TLS is resumed, so that each handshake shows the certificates.
 *
 * <p>Owned by one thread; it has one event loop of its own.
 */
public final class SlowMotion implements Carrier, AutoCloseable {

  /**
   * Longest pause: a message has two before its first byte, and servers wait for that 10 s and
   * less.
   */
  public static final Duration PAUSE_MAX = Duration.ofSeconds(3);

  private final WwepClientBuilder plain;
  private final WwepClientBuilder secure;
  private final String trusts;
  private final Duration pause;
  private final StepListener listener;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("wwep-steps", true), NioIoHandler.newFactory());

  /**
   * @param plain the server's plain port, and the times that steps have
   * @param secure the same for its TLS port
   * @param trusts whom {@code secure} trusts, in words
   */
  private SlowMotion(
      WwepClientBuilder plain,
      WwepClientBuilder secure,
      String trusts,
      Duration pause,
      StepListener listener) {
    this.plain = plain;
    this.secure = secure;
    this.trusts = trusts;
    this.pause = pause;
    this.listener = listener;
  }

  /** Returns a builder for this server, with the ports and times of the lecture. */
  public static Builder to(String host) {
    return new Builder(host);
  }

  @Override
  public RawExchange exchange(boolean overTls, byte[] message) {
    StepwiseConnection way = (overTls ? secure : plain).stepwise();
    return new Walk(way, trusts, message, loops.next(), new Telling(listener, pause)).run();
  }

  /** Java loads classes when they are first used, which no step is to be blamed for. */
  private void warmUp() {
    try {
      SlowSocket socket = new SlowSocket(loops.next(), new Journal(), null);
      socket.write(new byte[0], "");
      socket.close();
    } catch (IOException e) {
      // The first message will meet the same, and tell of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the event loop. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** Builds a {@link SlowMotion}. Each setting is checked when it is given. Not thread-safe. */
  public static final class Builder {

    private final WwepClientBuilder plain;
    private final WwepClientBuilder secure;
    private String trusts = "";
    private Duration pause = Duration.ZERO;

    private Builder(String host) {
      plain = WwepClient.builder(host);
      secure = WwepClient.builder(host);
    }

    /** Sets both ports, 1 to 65,535. */
    public Builder ports(int plainPort, int tlsPort) {
      plain.port(plainPort);
      secure.port(tlsPort);
      return this;
    }

    /**
     * Says which servers to believe over TLS, and with which certificate the board proves who it
     * is.
     *
     * @param identity null for a board without a certificate
     */
    public Builder trust(Trust trust, ClientIdentity identity) {
      secure.tls(trust, identity);
      trusts = trust.toString();
      return this;
    }

    /** Sets how long to rest between two steps, 0 to {@link SlowMotion#PAUSE_MAX}: 0. */
    public Builder pause(Duration pause) {
      if (pause.isNegative() || pause.compareTo(PAUSE_MAX) > 0) {
        throw new IllegalArgumentException(
            "pause must be 0 to %d s, not %s: a server does not wait longer for the first byte"
                .formatted(PAUSE_MAX.toSeconds(), pause));
      }
      this.pause = pause;
      return this;
    }

    /** Sets how long the name and the connection may take, 1 ms to 10 minutes: 2 s. */
    public Builder connectTimeout(Duration time) {
      plain.connectTimeout(time);
      secure.connectTimeout(time);
      return this;
    }

    /** Sets how long the TLS handshake may take, 1 ms to 10 minutes: 10 s. */
    public Builder handshakeTimeout(Duration time) {
      secure.handshakeTimeout(time);
      return this;
    }

    /** Sets how long a reply may take, 1 ms to 10 minutes: 500 ms. */
    public Builder replyTimeout(Duration time) {
      plain.replyTimeout(time);
      secure.replyTimeout(time);
      return this;
    }

    /** Returns it, with an event loop that waits. */
    public SlowMotion build(StepListener listener) {
      SlowMotion motion = new SlowMotion(plain, secure, trusts, pause, listener);
      motion.warmUp();
      return motion;
    }
  }
}
