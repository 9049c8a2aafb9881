package io.wwep.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * The server of the lecture's exercises in its smallest form, on free ports of the loopback
 * address: {@link #plain} is exercise 04, {@link #tls} exercise 05, {@link #both} exercise 07.
 *
 * <pre>{@code
 * try (SmallServer server = SmallServer.plain()) {
 *   // connect to server.host(), server.plainPort()
 * }
 * }</pre>
 *
 * <p>It does what PROTOCOL.md says of messages and replies: also when a message comes in pieces,
 * with line ends in front, in lower-case hex, too long, or stops in the middle. What the page fixes
 * beyond the lecture it does <em>not</em> promise:
 *
 * <ul>
 *   <li>It serves one connection at a time. Others wait: for 2 s when nothing is sent, for 15 s
 *       when a handshake hangs.
 *   <li>It answers one message on a connection and closes: there are no sessions, and of pipelined
 *       messages the first is answered alone.
 *   <li>It says of an {@code X} neither why nor to whom, recognises neither HTTP nor TLS on the
 *       plain port, and says nothing readable to a plain message on the TLS port.
 *   <li>Registers are in memory, 65,536 of them at most; a write beyond is answered {@code X}.
 * </ul>
 *
 * <p>Thread-safe. One daemon thread serves all ports; {@link #close} ends it, and the connection
 * that it is busy with.
 */
public final class SmallServer implements AutoCloseable {

  /** As many as wait for their turn; the system refuses the others. */
  private static final int BACKLOG = 128;

  private static final int EXCHANGES_KEPT_MAX = 10_000;

  private final RegisterList registers = new RegisterList();
  private final List<String> exchanges = new CopyOnWriteArrayList<>();
  private final SSLContext tls;
  private final Selector selector;
  private final int plainPort;
  private final int tlsPort;
  private volatile SmallConnection current;
  private volatile boolean closed;

  private SmallServer(boolean isPlain, SSLContext tls) {
    this.tls = tls;
    try {
      selector = Selector.open();
      plainPort = isPlain ? listen(false) : 0;
      tlsPort = tls == null ? 0 : listen(true);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
    Thread thread = new Thread(this::serve, "small-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts exercise 04: the non-secure protocol. */
  public static SmallServer plain() {
    return new SmallServer(true, null);
  }

  /**
   * Starts exercise 05: the secure protocol.
   *
   * @param context holds the server's key and certificate
   */
  public static SmallServer tls(SSLContext context) {
    return new SmallServer(false, context);
  }

  /**
   * Starts exercise 07: both, with the same registers behind them.
   *
   * @param context holds the server's key and certificate
   */
  public static SmallServer both(SSLContext context) {
    return new SmallServer(true, context);
  }

  /** Returns the address that it listens on: {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /**
   * Returns the port of the non-secure protocol.
   *
   * @throws IllegalStateException when this server does not serve it
   */
  public int plainPort() {
    return served(plainPort, "plain");
  }

  /**
   * Returns the port of the secure protocol.
   *
   * @throws IllegalStateException when this server does not serve it
   */
  public int tlsPort() {
    return served(tlsPort, "TLS");
  }

  private static int served(int port, String name) {
    if (port == 0) {
      throw new IllegalStateException("this small server has no %s port".formatted(name));
    }
    return port;
  }

  /**
   * Returns the stored value of a register.
   *
   * @param register six hex digits in upper case, as in {@code 0FAC0B}
   * @return four hex digits, or empty when it was never stored
   */
  public Optional<String> stored(String register) {
    return registers.stored(register);
  }

  /**
   * Returns what its console would show, oldest first: {@code "plain W0FAC0B1234 A0FAC0B1234"}.
   * After the first 10,000 no more are kept.
   */
  public List<String> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Ends the ports, and the connection that is being served. */
  @Override
  public void close() {
    closed = true;
    SmallConnection busy = current;
    if (busy != null) {
      busy.abort();
    }
    selector.wakeup();
  }

  private int listen(boolean isTls) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getByName(host()), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT, isTls);
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  private void serve() {
    try {
      while (!closed) {
        selector.select();
        for (SelectionKey ready : new ArrayList<>(selector.selectedKeys())) {
          serveNext(ready);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException | ClosedSelectorException e) {
      // The system took the ports away; clients are refused from now on.
    } finally {
      shut();
    }
  }

  private void serveNext(SelectionKey ready) throws IOException {
    try (SocketChannel channel = ((ServerSocketChannel) ready.channel()).accept()) {
      if (channel == null || closed) {
        return;
      }
      boolean isTls = (boolean) ready.attachment();
      SmallConnection connection = new SmallConnection(channel.socket(), isTls ? tls : null);
      current = connection;
      // Whoever closes this server now has seen no connection to abort.
      if (!closed) {
        connection.serve(registers::answer, this::keep);
      }
    } finally {
      current = null;
    }
  }

  private void keep(String exchange) {
    if (exchanges.size() < EXCHANGES_KEPT_MAX) {
      exchanges.add(exchange);
    }
  }

  private void shut() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      // They are given up either way.
    }
  }
}
