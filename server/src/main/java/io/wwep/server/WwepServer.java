package io.wwep.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.wwep.certs.ServerIdentity;
import io.wwep.keylog.KeyLog;
import io.wwep.protocol.Neighbors;
import io.wwep.server.access.Access;
import io.wwep.server.access.Door;
import io.wwep.server.tls.TlsContexts;
import io.wwep.server.tls.TlsSettings;
import io.wwep.store.Store;
import io.wwep.store.StoreHealth;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * A WWEP server: one or two ports on one store.
 *
 * <p>Public methods may be called from any thread. The store, and the order in which it is closed,
 * are the caller's: first the server, then the store.
 */
public final class WwepServer implements AutoCloseable {

  /** For reading what has come in; who goes on sending is not listened to for ever. */
  private static final long INPUT_MILLIS_MAX = 200;

  /** For the replies to what has come in; a peer that takes none of them is not waited for. */
  private static final long ANSWER_MILLIS_MAX = 600;

  private static final long CLOSE_MILLIS_MAX = 400;
  private static final long CLOSE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int EVENT_LOOPS_AUTO_MAX = 16;

  /** Disks take milliseconds, and SQLite waits for another program's lock for less than this. */
  private static final Duration COMMIT_TIME_MAX = Duration.ofSeconds(5);

  private final ServerConfig config;
  private final Store store;
  private final Access access;
  private final Transport transport;
  private final TlsContexts tls;
  private final EventFeed feed = new EventFeed();
  private final EventLoopGroup group;

  /** Filled before the first connection is accepted, only read from then on. */
  private final Map<EventLoop, Loop> loops = new HashMap<>();

  private final Heartbeat heartbeat = new Heartbeat();
  private final Probes probes;
  private final Doors doors;
  private Channel plain;
  private Channel secure;
  private Desk desk;
  private Instant since;
  private volatile boolean closed;
  private volatile String consoleUrl;

  private WwepServer(
      ServerConfig config, Store store, Access access, Transport transport, TlsContexts tls) {
    this.config = config;
    this.store = store;
    this.access = access;
    this.transport = transport;
    this.tls = tls;
    group =
        new MultiThreadIoEventLoopGroup(
            eventLoops(config), new DefaultThreadFactory("wwep-loop"), transport.ioHandlers());
    probes = new Probes(tls, group, feed);
    doors = new Doors(config, group, transport, loops, tls, probes, feed);
  }

  /** One loop for two processors: the other is the commit thread's and the kernel's. */
  private static int eventLoops(ServerConfig config) {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return config.eventLoops() > 0 ? config.eventLoops() : Math.min(EVENT_LOOPS_AUTO_MAX, half);
  }

  /**
   * Starts a server on which everybody may do everything; when this returns it listens. See the
   * other method.
   */
  public static WwepServer start(ServerConfig config, Store store, ServerIdentity identity) {
    return start(config, store, identity, Access.OPEN);
  }

  /**
   * Starts a server; when this returns it listens.
   *
   * @param config what it does
   * @param store where its registers are; stays open when the server is closed
   * @param identity what it shows to TLS clients; may be null when the TLS port is not served
   * @param access who may do what
   * @throws ServerException when a port cannot be had, or TLS does not take the identity
   */
  public static WwepServer start(
      ServerConfig config, Store store, ServerIdentity identity, Access access) {
    return start(config, store, identity, access, null);
  }

  /**
   * Starts a server that writes down the keys of its TLS connections; see the other method.
   *
   * @param keyLog null for none; stays the caller's, and open until the server is closed
   * @throws io.wwep.keylog.KeyLogException when TLS is by the JDK here, and this Java does not let
   *     its keys be read
   */
  public static WwepServer start(
      ServerConfig config, Store store, ServerIdentity identity, Access access, KeyLog keyLog) {
    LeakDetection.offUnlessAskedFor();
    boolean secure = config.tlsPort() != ServerConfig.NOT_SERVED;
    Transport transport = config.transport().resolve();
    WwepServer server =
        new WwepServer(
            config,
            store,
            access,
            transport,
            secure
                ? contexts(identity, new TlsSettings(config.tlsProfile(), access.clients(), keyLog))
                : null);
    try {
      server.open();
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
    return server;
  }

  /**
   * Loads what every server needs from libraries, so that {@link #start} finds it loaded. Needs not
   * be called; may be, by any thread, while something else is being done.
   */
  public static void prepare() {
    Transport.AUTO.resolve().ioHandlers();
    TlsContexts.providerWords();
    ByteBufAllocator.DEFAULT.buffer().release();
  }

  private static TlsContexts contexts(ServerIdentity identity, TlsSettings settings) {
    try {
      return TlsContexts.of(identity, settings);
    } catch (SSLException refused) {
      throw notTaken(refused, "give an RSA or EC P-256 pair, or leave out --cert and --key");
    }
  }

  private static ServerException notTaken(SSLException refused, String cure) {
    return new ServerException(
        "TLS cannot be served with this certificate and key (%s): %s"
            .formatted(refused.getMessage(), cure),
        refused);
  }

  /**
   * Shows another identity to the TLS clients that connect from now on. Connections that are open
   * keep theirs; TLS sessions of before are not resumed.
   *
   * @throws IllegalStateException when the TLS port is not served
   * @throws ServerException when TLS does not take the identity; the one before is shown on
   */
  public synchronized void show(ServerIdentity identity) {
    if (tls == null) {
      throw new IllegalStateException("the TLS port is not served");
    }
    if (closed) {
      return;
    }
    try {
      tls.show(identity);
    } catch (SSLException refused) {
      throw notTaken(refused, "put an RSA or EC P-256 pair in its place");
    }
  }

  /**
   * Applies other rules: to each connection from the next bytes that it sends on. Terms for clients
   * hold for those that connect from now on; who is there keeps its connection, and is denied all
   * requests where its certificate is not accepted any more.
   *
   * @throws ServerException when TLS does not take the terms; the rules before stay
   */
  public synchronized void obey(Access rules) {
    if (closed) {
      return;
    }
    try {
      if (tls != null) {
        tls.letIn(rules.clients());
        probes.obey();
      }
      loops.values().forEach(loop -> loop.obey(rules));
    } catch (SSLException refused) {
      throw new ServerException(
          "TLS does not take these CAs of clients (%s): check their file"
              .formatted(refused.getMessage()),
          refused);
    }
  }

  private void open() {
    if (config.plainPort() != ServerConfig.NOT_SERVED) {
      plain = doors.open(Door.PLAIN);
    }
    if (config.tlsPort() != ServerConfig.NOT_SERVED) {
      secure = doors.open(Door.TLS);
    }
    Neighbors neighbors = neighbors(null);
    for (EventExecutor executor : group) {
      EventLoop eventLoop = (EventLoop) executor;
      loops.put(eventLoop, new Loop(eventLoop, config, access, store, feed, neighbors));
      heartbeat.watch(eventLoop);
      eventLoop.terminationFuture().addListener(ended -> loopEnded());
    }
    desk = new Desk(config, loops.values());
    store.addListener(new StorageNotices(feed));
    // Only now: a connection finds its loop, and a lost peer is told the right port.
    listening().forEach(Doors::welcomeAll);
    since = Instant.now();
  }

  private Neighbors neighbors(String consoleUrl) {
    return new Neighbors(plainPort(), tlsPort(), consoleUrl);
  }

  /**
   * Tells lost browsers from now on where the browser console is.
   *
   * @param url its address, or null when it is there no more
   */
  public void announceConsole(String url) {
    consoleUrl = url;
    Neighbors neighbors = neighbors(url);
    loops.values().forEach(loop -> loop.announce(neighbors));
  }

  /** Returns where the browser console is, or null where there is none. */
  public String consoleUrl() {
    return consoleUrl;
  }

  /** Netty logs what ended a loop, and lets its connections hang. */
  private void loopEnded() {
    if (!closed) {
      Fault.raise(new IllegalStateException("an event loop has ended"));
    }
  }

  private List<Channel> listening() {
    return Stream.of(plain, secure).filter(Objects::nonNull).toList();
  }

  /** Returns the port of the plain protocol, or {@link ServerConfig#NOT_SERVED}. */
  public int plainPort() {
    return port(plain);
  }

  /** Returns the port of the protocol over TLS, or {@link ServerConfig#NOT_SERVED}. */
  public int tlsPort() {
    return port(secure);
  }

  private static int port(Channel channel) {
    return channel == null
        ? ServerConfig.NOT_SERVED
        : ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Returns what TLS shows at the moment; null where it is not served. */
  public ServerIdentity identity() {
    return tls == null ? null : tls.identity();
  }

  /** Returns what happens on the server, for consoles and logs. */
  public EventFeed feed() {
    return feed;
  }

  /** Returns where requests that come through the browser console are performed. */
  public Desk desk() {
    return desk;
  }

  /** Returns where it is found out whether a board looks at the server's certificate. */
  public Probes probes() {
    return probes;
  }

  /** Returns what the server was told to do. */
  public ServerConfig config() {
    return config;
  }

  /** Returns how many connections are open. */
  public int connectionCount() {
    return doors.connectionCount();
  }

  /** Returns how many requests wait in the loop that has most of them; after a turn of each. */
  int waitingRequests() {
    int most = 0;
    for (Map.Entry<EventLoop, Loop> each : loops.entrySet()) {
      most =
          Math.max(
              most, each.getKey().submit(each.getValue()::waiting).syncUninterruptibly().getNow());
    }
    return most;
  }

  /**
   * Returns what the server has done so far and what is open now. Reads numbers that the loops
   * keep, and holds nothing up.
   */
  public ServerCounters counters() {
    return ServerCounters.of(
        connectionCount(),
        doors.tlsConnectionCount(),
        loops.values().stream().map(loop -> loop.counters).toList());
  }

  /**
   * Tells how the server fares, after a turn of each event loop: within milliseconds, or after two
   * seconds when one is stuck. Not to be asked by an event loop's own thread.
   */
  public ServerStatus status() {
    StoreHealth health = store.health();
    List<String> stuck = new ArrayList<>(heartbeat.late());
    if (health.busy().compareTo(COMMIT_TIME_MAX) > 0) {
      stuck.add(
          "the thread that commits has been at one thing for %d s: check the disk, and restart the server if it is well"
              .formatted(health.busy().toSeconds()));
    }
    return new ServerStatus(
        since,
        plainPort(),
        tlsPort(),
        tls == null ? null : tls.identity(),
        counters(),
        doors.limit().max(),
        health,
        List.copyOf(stuck));
  }

  /** Returns what is less than was asked for though the server runs, as sentences with the cure. */
  public List<String> warnings() {
    return doors.limit().isBoundByDescriptors()
        ? List.of(doors.limit().warning(config.limits().connectionsMax()))
        : List.of();
  }

  /** Returns what moves the bytes and what encrypts them, as in {@code io_uring, BoringSSL}. */
  public String engineWords() {
    return tls == null
        ? transport.words()
        : transport.words() + ", TLS by " + TlsContexts.providerWords();
  }

  /**
   * Stops accepting, answers what has come in, and closes every connection; within a second. What
   * was handed to the store is made durable when the store is closed.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    probes.close();
    if (desk != null) {
      desk.close();
    }
    long inputNanos = TimeUnit.MILLISECONDS.toNanos(INPUT_MILLIS_MAX);
    loops.values().forEach(loop -> loop.endInputIn(inputNanos));
    listening().forEach(channel -> channel.close().awaitUninterruptibly(CLOSE_MILLIS_MAX));
    loops.forEach((eventLoop, loop) -> eventLoop.execute(loop::shutDown));
    awaitConnections(ANSWER_MILLIS_MAX);
    loops.forEach((eventLoop, loop) -> eventLoop.execute(loop::abandon));
    awaitConnections(CLOSE_MILLIS_MAX);
    if (desk != null) {
      desk.abandon();
    }
    boolean quiet =
        group
            .shutdownGracefully(0, 0, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(CLOSE_MILLIS_MAX);
    // A loop that still runs may ask for more of it.
    if (tls != null && quiet) {
      tls.close();
    }
    feed.close();
  }

  private void awaitConnections(long millisMax) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    while ((connectionCount() > 0 || (desk != null && desk.isBusy()))
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(CLOSE_POLL_NANOS);
    }
  }
}
