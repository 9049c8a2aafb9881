package io.wwep.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A small WWEP server on the loopback address that fails in a chosen way, and counts what it got,
 * so that a test can prove what a client did: "the write was sent exactly once".
 *
 * <pre>{@code
 * try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesBeforeReply(true))) {
 *   // let the client write W0FAC0B1234 to server.port()
 *   assertThat(server.count("W0FAC0B1234")).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Thread-safe. It runs one thread for accepting and one for each connection, all daemons; {@link
 * #close} ends them.
 */
public final class MisbehavingServer implements AutoCloseable {

  private static final int CONNECTIONS_MAX = 1_024;
  private static final int REQUESTS_KEPT_MAX = 1_000_000;

  private final SSLContext tls;
  private final SSLParameters tlsParameters;
  private final int port;
  private final Map<String, String> registers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Misbehavior misbehavior;
  private ServerSocket listener;
  private Thread acceptor;
  private volatile boolean closed;

  private MisbehavingServer(Misbehavior misbehavior, SSLContext tls, SSLParameters tlsParameters) {
    this.misbehavior = misbehavior;
    this.tls = tls;
    this.tlsParameters = tlsParameters;
    listener = listen(0);
    port = listener.getLocalPort();
    startAccepting();
    refuseOrAccept();
  }

  /** Starts a plain server on a free port. */
  public static MisbehavingServer start(Misbehavior misbehavior) {
    return new MisbehavingServer(misbehavior, null, null);
  }

  /**
   * Starts a TLS server on a free port.
   *
   * @param tls holds the server's key and certificate
   */
  public static MisbehavingServer start(Misbehavior misbehavior, SSLContext tls) {
    return start(misbehavior, tls, tls.getDefaultSSLParameters());
  }

  /**
   * Starts a TLS server on a free port that is choosy.
   *
   * @param tls holds the server's key and certificate
   * @param parameters the versions and cipher suites that it takes, and whether it wants a client's
   *     certificate
   */
  public static MisbehavingServer start(
      Misbehavior misbehavior, SSLContext tls, SSLParameters parameters) {
    return new MisbehavingServer(misbehavior, tls, parameters);
  }

  /** Returns the address that it listens on: {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** Returns the port; it stays the same for the server's life, also while it refuses. */
  public int port() {
    return port;
  }

  /** Changes the behavior for requests that come from now on, on open connections too. */
  public synchronized void behave(Misbehavior behavior) {
    misbehavior = behavior;
    refuseOrAccept();
  }

  /** Returns the complete frames that came, in the order in which they were read. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns how often this very frame came, as in {@code W0FAC0B1234}. */
  public int count(String frame) {
    return (int) requests.stream().filter(frame::equals).count();
  }

  /** Returns how many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Returns how many connections are open now. */
  public int openConnections() {
    return sockets.size();
  }

  /**
   * Returns the stored value of a register.
   *
   * @param register six hex digits in upper case, as in {@code 0FAC0B}
   * @return four hex digits, or empty when it was never stored
   */
  public Optional<String> stored(String register) {
    return Optional.ofNullable(registers.get(register));
  }

  /** Ends every open connection, as a network that breaks does; the server goes on. */
  public void dropConnections() {
    sockets.forEach(MisbehavingServer::end);
  }

  /** Ends the port and every connection. */
  @Override
  public synchronized void close() {
    closed = true;
    end(listener);
    dropConnections();
  }

  Misbehavior misbehavior() {
    return misbehavior;
  }

  void came(String frame) {
    if (requests.size() < REQUESTS_KEPT_MAX) {
      requests.add(frame);
    }
  }

  void store(String register, String value) {
    registers.put(register, value);
  }

  // ---- the port

  private ServerSocket listen(int onPort) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host()), onPort));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port %d of %s cannot be opened: is it in use?".formatted(onPort, host()), e);
    }
  }

  private void refuseOrAccept() {
    if (misbehavior instanceof Misbehavior.Refuses) {
      end(listener);
      // The kernel keeps the port open until the thread has left its call.
      join(acceptor);
    } else if (listener.isClosed() && !closed) {
      listener = listen(port);
      startAccepting();
    }
  }

  private void startAccepting() {
    ServerSocket accepting = listener;
    acceptor = daemon(() -> accept(accepting), "misbehaving-server " + port);
    acceptor.start();
  }

  private static void join(Thread thread) {
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket accepting) {
    try {
      while (!accepting.isClosed()) {
        admit(accepting.accept());
      }
    } catch (IOException e) {
      // The port was closed, by close() or by Refuses.
    }
  }

  private void admit(Socket socket) {
    connections.incrementAndGet();
    sockets.add(socket);
    if (sockets.size() > CONNECTIONS_MAX || closed) {
      forget(socket);
      return;
    }
    daemon(() -> serve(socket), "misbehaving-connection " + port).start();
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      new MisbehavingConnection(this, socket, tls == null ? socket : secure(socket)).run();
    } catch (IOException e) {
      // The client went away, or the test ended the connection: nothing to report here.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forget(socket);
    }
  }

  private Socket secure(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, host(), socket.getPort(), true);
    secured.setSSLParameters(tlsParameters);
    secured.setUseClientMode(false);
    return secured;
  }

  private void forget(Socket socket) {
    end(socket);
    sockets.remove(socket);
  }

  private static void end(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is given up either way.
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
