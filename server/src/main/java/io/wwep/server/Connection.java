package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.LoopCounters.Counter;
import io.wwep.server.tls.TlsLayer;
import io.wwep.server.tls.TlsSession;
import io.wwep.store.Origin;
import java.io.IOException;
import javax.net.ssl.SSLException;

/**
 * One connection: bytes in, replies out.
 *
 * <p>What one read brings is collected in an {@link Exchange} and handed to the store as a whole.
 * At most one exchange is under way; what comes meanwhile is parsed into the next one, so that
 * replies keep the order of the requests without a lock. Beyond {@link #WAITING_REQUESTS_MAX}
 * requests, while the loop has too many in all, and while the peer does not take its replies,
 * reading stops and TCP holds the peer back.
 *
 * <pre>
 *   HANDSHAKE --TLS is up--> OPEN --no more input--> ENDING --all answered--> CLOSING --> CLOSED
 * </pre>
 *
 * <p>Owned by the loop's thread.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameSink, ExchangeOwner {

  static final int WAITING_REQUESTS_MAX = 4096;

  private enum Phase {
    /** TLS is being set up; nothing is parsed. */
    HANDSHAKE,
    /** Requests are taken. */
    OPEN,
    /** No more input is taken; what was taken is being answered. */
    ENDING,
    /** The last reply is on its way; {@link Farewell} does the rest. */
    CLOSING,
    /** The channel is gone. */
    CLOSED
  }

  private final Loop loop;
  private final Peer peer;
  private final Reporter reporter;
  private final RequestRate rate;
  private final Authority authority;
  private final TlsGate gate;
  private final Lifetime lifetime;
  private final FrameParser parser;
  private final DeadlineWheel.Deadline deadline = new DeadlineWheel.Deadline(this::expired);

  private ChannelHandlerContext context;
  private Outflow outflow;
  private Phase phase;
  private Exchange inFlight;
  private Exchange filling;
  private Origin origin;
  private boolean finCame;
  private boolean reset;
  private boolean givenUp;

  /** Null before the last reply is on its way. */
  private Farewell farewell;

  /** Null while there is nothing in it. */
  private Backlog backlog;

  private boolean takingBacklog;

  /**
   * @param use of the peer's address
   * @param gate the guard in front of TLS, or null on the plain port
   */
  Connection(Loop loop, Peer peer, AddressUse use, TlsGate gate) {
    this.loop = loop;
    this.peer = peer;
    reporter = new Reporter(loop, peer);
    rate = new RequestRate(loop, peer, use);
    authority = new Authority(loop, peer);
    this.gate = gate;
    lifetime = new Lifetime(loop.config.timeouts(), loop.eventLoop.ticker());
    parser = new FrameParser(peer.secure(), this);
    phase = gate == null ? Phase.OPEN : Phase.HANDSHAKE;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    long sendMillis = loop.config.timeouts().sendMillis();
    outflow = new Outflow(ctx.channel(), loop.wheel, sendMillis, this::stalled);
    lifetime.opened(loop.wheel.nanoTime());
    loop.add(this);
    roomChanged();
  }

  // ---- input

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (phase == Phase.OPEN && bytes.isReadable()) {
        if (backlog != null || isHeldBack()) {
          keep(bytes);
        } else {
          take(bytes);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void keep(ByteBuf bytes) {
    if (backlog == null) {
      backlog = new Backlog();
    }
    backlog.add(context.alloc(), bytes);
  }

  /** Takes what came while nothing was to be read, as far as there is room again. */
  private void takeBacklog() {
    if (backlog == null || takingBacklog) {
      return;
    }
    takingBacklog = true;
    try {
      while (backlog != null && !backlog.isEmpty() && phase == Phase.OPEN && !isHeldBack()) {
        ByteBuf bytes = backlog.poll();
        try {
          take(bytes);
        } finally {
          bytes.release();
        }
        handOver();
      }
    } finally {
      takingBacklog = false;
    }
    if (backlog != null && backlog.isEmpty()) {
      boolean end = backlog.isEnd();
      backlog = null;
      if (end) {
        inputEnds();
      }
    }
  }

  private void dropBacklog() {
    if (backlog != null) {
      backlog.release();
      backlog = null;
    }
  }

  private void take(ByteBuf bytes) {
    long now = loop.startRead();
    loop.counters.add(Counter.BYTES_READ, bytes.readableBytes());
    if (loop.isInputOver(now)) {
      parser.pause();
      endInput();
      return;
    }
    lifetime.bytesCame(now);
    authority.refresh();
    while (bytes.isReadable() && phase == Phase.OPEN) {
      int length = Math.min(bytes.readableBytes(), loop.input.length);
      bytes.readBytes(loop.input, 0, length);
      if (!parser.parse(loop.input, 0, length)) {
        phase = Phase.ENDING;
      }
    }
    // Not only when the read is complete: it may be one of many in a row.
    countWaiting();
    holdBack();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    proceed();
  }

  @Override
  public void read(int address) {
    if (isTaken() && isAllowed(false, address)) {
      collect().addRead(address);
      noteAccepted(address);
    }
  }

  @Override
  public void write(int address, int value) {
    if (isTaken() && isAllowed(true, address)) {
      collect().addWrite(address, value);
      noteAccepted(address);
    }
  }

  private boolean isAllowed(boolean write, int address) {
    if (!authority.denies(write, address)) {
      return true;
    }
    loop.counters.count(write ? Counter.WRITES : Counter.READS);
    boolean shown = loop.budget.admitRejected();
    refuse(RejectCode.DENIED, shown ? authority.denial(write, address, parser.received()) : null);
    return false;
  }

  @Override
  public void reject(RejectCode code) {
    if (isTaken()) {
      refuse(code, loop.budget.admitRejected() ? parser.rejection(loop.neighbors()) : null);
    }
  }

  @Override
  public void emptyLine() {
    lifetime.becomeSession();
  }

  /**
   * Counts a request, and refuses one that is beyond the rate of its address. With --one-shot only
   * the first one of a connection is taken, and no other is answered.
   */
  private boolean isTaken() {
    if (lifetime.requestCame() > 1 && loop.config.oneShot()) {
      return false;
    }
    if (rate.admits()) {
      return true;
    }
    refuse(RejectCode.LIMITED, rate.refuse(parser));
    return false;
  }

  private Exchange collect() {
    if (filling == null) {
      filling = loop.acquire(this);
      if (origin == null) {
        origin = peer.origin();
      }
      filling.start(origin);
    }
    return filling;
  }

  private void noteAccepted(int address) {
    if (loop.budget.admitAccepted(address)) {
      filling.note(parser.received());
    }
  }

  private void refuse(RejectCode code, Rejection shown) {
    collect().addGap(Replies.tag(code));
    if (shown != null) {
      filling.note(shown);
    }
  }

  // ---- replies

  /** Whether requests have been taken whose replies are not on their way yet. */
  private boolean isBusy() {
    return inFlight != null || filling != null;
  }

  private void countWaiting() {
    if (filling != null) {
      loop.waits(filling.uncounted());
    }
  }

  /** Hands over what has been collected, unless something is under way; returns whether it has. */
  private boolean handOver() {
    if (inFlight != null || filling == null) {
      return false;
    }
    countWaiting();
    inFlight = filling;
    filling = null;
    loop.store.execute(inFlight);
    return true;
  }

  /** Hands over what has been collected, ends what is over, and sets the deadline. */
  private void proceed() {
    if (handOver()) {
      return;
    }
    if (phase == Phase.OPEN && lifetime.hasRequests() && loop.config.oneShot()) {
      phase = Phase.ENDING;
    }
    if (phase == Phase.ENDING && !isBusy()) {
      leave();
    }
    roomChanged();
  }

  private void leave() {
    phase = Phase.CLOSING;
    dropBacklog();
    loop.wheel.clear(deadline);
    farewell = new Farewell(context, loop.wheel, outflow);
    farewell.start(finCame);
  }

  /** Sends the replies. */
  @Override
  public void finish(Exchange exchange) {
    inFlight = null;
    try {
      if (phase != Phase.CLOSED) {
        send(exchange);
      }
      lifetime.repliesLeft(exchange.size());
      loop.tell(exchange, reporter);
    } finally {
      // Also when there was no room for the replies, or the loop would take it for busy for ever.
      loop.waits(-exchange.size());
      loop.release(exchange);
    }
    proceed();
  }

  private void send(Exchange exchange) {
    byte[] output = loop.output(loop.replies.bound(exchange.size()));
    int length = loop.replies.encode(exchange, output);
    ByteBuf bytes = loop.sent.take(context.alloc(), length).writeBytes(output, 0, length);
    loop.counters.add(Counter.BYTES_WRITTEN, length);
    context.writeAndFlush(bytes, context.voidPromise());
    outflow.wrote();
  }

  /** The peer takes nothing of what waits for it: nobody is left to tell, and it gets no more. */
  private void stalled() {
    givenUp = true;
    loop.counters.count(Counter.STALLED);
    long millis = loop.config.timeouts().sendMillis();
    reporter.unanswered(() -> Rejection.limited(LimitWords.stalled(millis)));
    phase = Phase.CLOSING; // why has been said
    dropBacklog();
    Farewell.reset(context);
  }

  /** Stops or goes on reading, by what waits on either side. */
  private void holdBack() {
    if (phase != Phase.OPEN) {
      return;
    }
    boolean room = filling == null || filling.size() < WAITING_REQUESTS_MAX;
    boolean read = room && !loop.isFull() && context.channel().isWritable();
    if (read == isHeldBack()) {
      lifetime.heldBack(!read, loop.wheel.nanoTime());
      context.channel().config().setAutoRead(read);
    }
  }

  private boolean isHeldBack() {
    return !context.channel().config().isAutoRead();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    roomChanged();
  }

  /** There is too much of something, here or in the loop, or room again. */
  void roomChanged() {
    holdBack();
    takeBacklog();
    arm();
  }

  // ---- time

  private void arm() {
    if (phase == Phase.OPEN) {
      loop.wheel.set(deadline, lifetime.dueNanos(parser.inFrame(), isBusy()));
    } else if (phase == Phase.HANDSHAKE) {
      loop.wheel.set(deadline, lifetime.handshakeDueNanos(gate.hasBegun()));
    }
  }

  private void expired() {
    try {
      endWhatIsLate();
    } catch (Throwable fault) {
      failed(fault);
    }
  }

  private void endWhatIsLate() {
    if (phase == Phase.HANDSHAKE) {
      expiredInHandshake();
    } else if (phase == Phase.OPEN && isInTime()) {
      arm();
    } else if (phase == Phase.OPEN) {
      if (!lifetime.hasSpoken() && !lifetime.isShuttingDown()) {
        reportSilence("sent nothing for %d ms".formatted(loop.config.timeouts().firstByteMillis()));
      }
      loop.startRead();
      parser.pause();
      endInput();
    }
  }

  /** Whether the deadline has moved on since it was set, as while a commit was waited for. */
  private boolean isInTime() {
    return lifetime.dueNanos(parser.inFrame(), isBusy()) - loop.wheel.nanoTime() > 0;
  }

  private void expiredInHandshake() {
    // The deadline was set for the first byte, which may have come since.
    if (lifetime.handshakeDueNanos(gate.hasBegun()) - loop.wheel.nanoTime() > 0) {
      arm();
      return;
    }
    gate.report().expired(gate.hasBegun());
    context.close();
  }

  // ---- end

  private void endInput() {
    if (phase == Phase.OPEN) {
      phase = Phase.ENDING;
      proceed();
    }
  }

  /** The peer will send nothing more: every complete frame is answered, a partial one gets X. */
  private void inputEnds() {
    if (phase == Phase.OPEN && backlog != null) {
      backlog.end();
    } else if (phase == Phase.OPEN) {
      if (!lifetime.hasSpoken()) {
        reportSilence("connected and said nothing");
      }
      loop.startRead();
      parser.end();
      endInput();
    }
  }

  /** Says X, in clear, to a peer that is not to be served, and ends. */
  void turnAway(RejectCode code) {
    if (phase == Phase.OPEN || phase == Phase.HANDSHAKE) {
      loop.counters.rejected(code);
      byte[] reply = loop.replies.rejected(code);
      loop.counters.add(Counter.BYTES_WRITTEN, reply.length);
      context.writeAndFlush(context.alloc().directBuffer(reply.length).writeBytes(reply));
      leave();
    }
  }

  private void reportSilence(String what) {
    if (gate != null && gate.report().isProbe()) {
      return; // the probe tells what that means
    }
    reporter.notice(what + ": is the message flushed before the board waits or closes?");
  }

  /** The server ends: answer what has come in, then close. */
  void shutDown() {
    if (phase == Phase.HANDSHAKE) {
      gate.report().silence();
      context.close();
      return;
    }
    lifetime.shutDown(loop.wheel.nanoTime());
    arm();
  }

  /** The server ends, and the peer has taken too long. */
  void abandon() {
    givenUp = true;
    context.channel().close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      handshakeDone(handshake);
    } else if (event == ChannelInputShutdownEvent.INSTANCE) {
      finCame = true;
      if (phase == Phase.HANDSHAKE) {
        gate.report().closedByPeer(gate.hasBegun());
        ctx.close();
      }
      inputEnds();
    } else if (event instanceof SslCloseCompletionEvent) {
      inputEnds();
    }
  }

  private void handshakeDone(SslHandshakeCompletionEvent handshake) {
    gate.handshakeOver();
    if (!handshake.isSuccess()) {
      gate.report().failed(handshake.cause());
      if (phase == Phase.HANDSHAKE) {
        leave(); // so that the peer can read the alert
      }
    } else if (phase == Phase.HANDSHAKE) {
      welcome(context.pipeline().get(TlsLayer.class));
    }
  }

  private void welcome(TlsLayer tls) {
    ClientCertificate client;
    try {
      client = tls.client();
    } catch (ClientRefusal refusal) {
      // A session that is resumed brings a certificate along that may have been withdrawn since.
      gate.report().failed(refusal);
      leave();
      return;
    }
    gate.up();
    authority.proved(client);
    TlsSession session = tls.session();
    loop.counters.shakenHands(session);
    reporter.secured(session.version(), client == null ? null : client.holder());
    phase = Phase.OPEN;
    lifetime.opened(loop.wheel.nanoTime());
    roomChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    try {
      dropBacklog();
      if (phase == Phase.HANDSHAKE) {
        gate.report().closedByPeer(gate.hasBegun());
      }
      inputEnds();
      handOver(); // a fault may have kept it from that
    } finally {
      phase = Phase.CLOSED;
      loop.wheel.clear(deadline);
      outflow.end();
      loop.remove(this);
    }
    if (lifetime.hasReplies()) {
      reporter.ended(lifetime.requests(), howItEnded());
    }
  }

  private ServerEvent.End howItEnded() {
    if (reset || (farewell != null && farewell.isReset())) {
      return ServerEvent.End.RESET;
    }
    boolean answered = finCame || (farewell != null && farewell.isAnswered());
    return answered && !givenUp ? ServerEvent.End.TAKEN : ServerEvent.End.UNKNOWN;
  }

  private void tlsBroke(Throwable cause) {
    if (!lifetime.hasSpoken()) {
      // With TLS 1.3 a board may refuse the certificate after it has finished the handshake.
      gate.report().failed(cause);
      phase = Phase.CLOSING; // why nothing came has been said
    } else if (cause instanceof SSLException) {
      gate.report().broke(cause);
    }
  }

  /** A reset, TLS gone wrong, or a fault: nobody is left to talk to. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reset |= cause instanceof IOException && !(cause instanceof SSLException);
    if (Fault.isFatal(cause)) {
      Fault.raise(cause);
    } else if (cause instanceof Error || Fault.isMistake(cause)) {
      reporter.notice(Fault.sentence(cause));
    } else if (gate != null && phase != Phase.CLOSING) {
      tlsBroke(cause);
    }
    if (phase == Phase.OPEN) {
      phase = Phase.ENDING; // TLS may take its time to close, and bytes may be missing
    }
    dropBacklog();
    ctx.close();
  }

  /** Something failed outside of the pipeline, which would have come to the same end. */
  @Override
  public void failed(Throwable fault) {
    exceptionCaught(context, fault);
  }
}
