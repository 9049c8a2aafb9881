package io.wwep.board.steps;

import io.netty.channel.EventLoop;
import io.wwep.board.steps.Passed.Direction;
import io.wwep.client.RawExchange;
import io.wwep.client.StepwiseConnection;
import io.wwep.client.WwepException;
import io.wwep.protocol.WireText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One message on its way, step by step. Used once, by one thread. */
final class Walk {

  private static final BufferUse NO_BUFFERS = new BufferUse(0, 0, 0, 0);

  private final StepwiseConnection way;
  private final byte[] message;
  private final int replies;
  private final EventLoop loop;
  private final Telling telling;
  private Journal journal = new Journal();
  private TlsReader tls;
  private SlowSocket socket;
  private Duration connecting = Duration.ZERO;
  private InetSocketAddress local;
  private InetSocketAddress peer;
  private boolean sent;

  /**
   * @param replies how many to wait for; 0 waits until the server closes or the time is up
   */
  Walk(StepwiseConnection way, byte[] message, int replies, EventLoop loop, Telling telling) {
    this.way = way;
    this.message = message;
    this.replies = replies;
    this.loop = loop;
    this.telling = telling;
  }

  /**
   * Makes all steps.
   *
   * @throws WwepException when there is no connection
   */
  RawExchange run() {
    try {
      connect(resolve());
      return exchange();
    } catch (InterruptedException e) {
      throw way.interrupted(message, sent);
    } finally {
      closeQuietly();
    }
  }

  /** When all went its way this is the second time, and nothing is left to be done. */
  private void closeQuietly() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- until there is a connection

  private List<InetAddress> resolve() throws InterruptedException {
    telling.begin(StepKind.RESOLVE);
    try {
      List<InetAddress> addresses = way.resolve();
      String all =
          addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" and "));
      done(
          StepKind.RESOLVE,
          all.equals(way.host()) ? all + " is an address" : way.host() + " is " + all);
      return addresses;
    } catch (WwepException e) {
      throw failed(StepKind.RESOLVE, e);
    }
  }

  private void connect(List<InetAddress> addresses) throws InterruptedException {
    Duration left = way.connectTimeout();
    for (int i = 0; i < addresses.size(); i++) {
      boolean last = i == addresses.size() - 1;
      create();
      Duration share = left.dividedBy(addresses.size() - i);
      telling.begin(StepKind.CONNECT);
      try {
        socket.connect(addresses.get(i), way.port(), share);
        connected(addresses.get(i));
        return;
      } catch (IOException e) {
        left = left.minus(telling.took());
        refused(addresses.get(i), e, last);
      }
    }
  }

  private void create() throws InterruptedException {
    telling.begin(StepKind.CREATE);
    journal = new Journal();
    tls = way.engine().isPresent() ? new TlsReader(journal) : null;
    StepKind at = StepKind.CREATE;
    try {
      socket = new SlowSocket(loop, journal, tls, replies);
      done(at, "a TCP socket, connected to nothing yet");
      at = StepKind.BIND;
      telling.begin(at);
      done(at, "port %d of this machine: any that is free will do".formatted(socket.bind()));
    } catch (IOException e) {
      throw failed(at, way.unreachable(e));
    }
  }

  private void connected(InetAddress address) throws IOException, InterruptedException {
    connecting = connecting.plus(telling.took());
    local = socket.local();
    peer = socket.peer();
    done(
        StepKind.CONNECT,
        "%s, port %d, has taken the connection".formatted(address.getHostAddress(), way.port()));
  }

  private void refused(InetAddress address, IOException failure, boolean last)
      throws InterruptedException {
    if (last) {
      throw failed(StepKind.CONNECT, way.unreachable(failure));
    }
    String how = failure instanceof SocketTimeoutException ? "no answer from" : "refused by";
    over(
        StepKind.CONNECT,
        false,
        "%s %s: the next address is tried".formatted(how, address.getHostAddress()),
        each -> true);
    socket.close();
  }

  // ---- with a connection

  private RawExchange exchange() throws InterruptedException {
    if (way.engine().isPresent()) {
      handshake();
    } else {
      socket.startReading();
    }
    send();
    ReplyReader.Outcome outcome = read();
    disconnect();
    if (outcome.failure() != null && outcome.received().length == 0) {
      way.refused(outcome.failure())
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
    return way.exchange(
        local,
        peer,
        message,
        outcome.received(),
        outcome.ending(),
        outcome.failure() == null ? null : outcome.failure().getMessage(),
        connecting,
        waited(outcome));
  }

  private void handshake() throws InterruptedException {
    telling.begin(StepKind.HANDSHAKE);
    try {
      socket.secure(way.engine().orElseThrow(), way.handshakeTimeout());
      connecting = connecting.plus(telling.took());
      done(StepKind.HANDSHAKE, StepWords.agreed(way, tls.group()));
    } catch (SocketTimeoutException e) {
      throw failedConnected(StepKind.HANDSHAKE, way.handshakeTimedOut());
    } catch (IOException e) {
      throw failedConnected(
          StepKind.HANDSHAKE,
          way.handshakeFailed(tls.isForeign() ? SlowSocket.noTls(e) : e, tls.firstBytes()));
    }
  }

  private void send() throws InterruptedException {
    StepKind at = StepKind.WRITE;
    try {
      telling.begin(at);
      socket.write(message, WireText.show(message));
      over(at, true, StepWords.written(message.length), Walk::isOutwards);
      at = StepKind.FLUSH;
      telling.begin(at);
      sent = true;
      socket.flush(way.replyTimeout());
      over(at, true, "the operating system has sent it", Walk::isOutwards);
    } catch (IOException e) {
      // What the server has said of it may be there to be read.
      over(at, false, StepWords.unsent(way, e), Walk::isOutwards);
    }
  }

  private ReplyReader.Outcome read() throws InterruptedException {
    telling.begin(StepKind.READ);
    long from = socket.flushedNanos() == 0 ? System.nanoTime() : socket.flushedNanos();
    ReplyReader.Outcome outcome = socket.read(from + way.replyTimeout().toNanos());
    String what = StepWords.read(way, outcome);
    boolean done = outcome.ending() == RawExchange.Ending.REPLIED;
    tell(StepKind.READ, done, waited(outcome), what, each -> true);
    return outcome;
  }

  private Duration waited(ReplyReader.Outcome outcome) {
    return socket.flushedNanos() == 0
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, outcome.nanos() - socket.flushedNanos()));
  }

  private void disconnect() throws InterruptedException {
    telling.begin(StepKind.DISCONNECT);
    long ended = socket.reader().endedNanos();
    socket.close();
    over(
        StepKind.DISCONNECT,
        socket.use().held() == 0,
        StepWords.disconnected(ended, socket.flushedNanos(), socket.use()),
        each -> true);
  }

  // ---- telling

  private static boolean isOutwards(Direction direction) {
    return direction == Direction.SENT;
  }

  private void done(StepKind kind, String what) throws InterruptedException {
    over(kind, true, what, each -> true);
  }

  private WwepException failed(StepKind kind, WwepException why) throws InterruptedException {
    over(kind, false, why.getMessage(), each -> true);
    return why;
  }

  /** The connection was there, and its end shows that the buffers are free. */
  private WwepException failedConnected(StepKind kind, WwepException why)
      throws InterruptedException {
    over(kind, false, why.getMessage(), each -> true);
    disconnect();
    return why;
  }

  private void over(StepKind kind, boolean done, String what, Predicate<Direction> directions)
      throws InterruptedException {
    tell(kind, done, telling.took(), what, directions);
  }

  /**
   * @param directions of what is told; the rest waits for its own step
   */
  private void tell(
      StepKind kind, boolean done, Duration took, String what, Predicate<Direction> directions)
      throws InterruptedException {
    BufferUse use = socket == null ? NO_BUFFERS : socket.use();
    boolean shows = kind == StepKind.HANDSHAKE;
    List<Passed> passed = journal.takePassed(each -> directions.test(each.direction()));
    telling.over(
        new Step(
            kind,
            done,
            took,
            what,
            RecordWords.explain(kind, done, passed, way.details(), message.length),
            shows ? way.shown() : List.of(),
            shows ? way.shownByClient() : List.of(),
            journal.takeBuffers(
                each ->
                    directions.test(
                        each.type() == BufferState.Type.R ? Direction.RECEIVED : Direction.SENT)),
            use));
  }
}
