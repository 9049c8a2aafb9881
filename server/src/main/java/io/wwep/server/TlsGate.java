package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.wwep.protocol.OtherProtocols;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;

/**
 * Stands in front of TLS, first in the pipeline of the TLS port.
 *
 * <p>Before the handshake it tells TLS from what ends up here by mistake: WWEP in clear, HTTP,
 * garbage. When a handshake fails it says why, once.
 *
 * <p>Later it sees to it that a peer which ends its side with close_notify gets the replies that it
 * is owed: the TLS engine ends its own side as soon as it reads a close_notify, so the gate holds
 * such a record back while requests are under way. A partial frame in front of it is owed an X as
 * well. Where the record is plainly an alert (up to TLS 1.2) the X is sent at once; where it may as
 * well be two bytes of WWEP (TLS 1.3), and these could not complete the frame, the frame timeout
 * sends it.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {

  private static final byte HANDSHAKE_RECORD = 0x16;
  private static final int RECEIVED_KEPT_MAX = 128;
  private static final int BYTES_IN_MAYBE_ALERT_MAX = 2;
  private static final int MAYBE_ALERT_LENGTH = 24;

  private final Loop loop;
  private final Peer peer;
  private final RecordScanner scanner = new RecordScanner();

  private Connection connection;
  private ChannelHandlerContext context;
  private ClientHello hello;
  private boolean begun;
  private boolean up;
  private boolean told;
  private boolean passing;
  private boolean discarding;

  /** What is not passed on yet: a record that has to wait, or a header that is not complete. */
  private ByteBuf held;

  /** Whether an alert is held, so that nothing behind it matters. */
  private boolean alertHeld;

  /** Whether the peer's FIN waits behind what is held. */
  private boolean endHeld;

  TlsGate(Loop loop, Peer peer) {
    this.loop = loop;
    this.peer = peer;
  }

  /** Names the connection behind the gate. */
  void guard(Connection guarded) {
    connection = guarded;
  }

  /** Keeps what the peer offered, for the diagnosis. */
  void offered(ClientHello offer) {
    hello = offer;
  }

  /** The handshake is done: from now on alerts have to wait for the replies. */
  void up() {
    up = true;
  }

  /** Whether the first byte of a handshake has come. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    discard();
  }

  // ---- the first bytes

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (discarding || alertHeld || !bytes.isReadable()) {
      bytes.release();
    } else if (begun || bytes.getByte(bytes.readerIndex()) == HANDSHAKE_RECORD) {
      begun = true;
      held = held == null ? bytes : Unpooled.wrappedBuffer(held, bytes);
      passOn();
    } else {
      byte[] received = copyStart(bytes);
      bytes.release();
      begun = true;
      sendBack(received);
    }
  }

  private static byte[] copyStart(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), RECEIVED_KEPT_MAX);
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
  }

  /** Answers a peer that does not speak TLS. */
  private void sendBack(byte[] received) {
    if (OtherProtocols.startsHttp(received, 0, received.length)) {
      answer(Rejection.http(loop.neighbors.consoleUrl(), received));
    } else if (isText(received[0])) {
      answer(Rejection.plainOnTlsPort(loop.neighbors.plainPort(), received));
    } else {
      tell(Rejection.tlsFailed(TlsDiagnosis.explainGarbage(received), received));
      context.close();
    }
  }

  private static boolean isText(byte b) {
    return (b >= ' ' && b < 0x7F) || b == '\r' || b == '\n';
  }

  private void answer(Rejection rejection) {
    told = true;
    loop.startRead();
    if (loop.budget.admitRejected()) {
      new Reporter(loop, peer).rejected(rejection);
    }
    connection.turnAway(rejection.code());
  }

  // ---- alerts wait for replies

  /** Goes on with what had to wait; called when no request is under way. */
  void resume() {
    if (passing || discarding) {
      return;
    }
    alertHeld = false;
    passOn();
    if (endHeld && !discarding && !connection.isBusy()) {
      endHeld = false;
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  private void passOn() {
    if (held == null) {
      return;
    }
    passing = true;
    try {
      passRecords();
    } finally {
      passing = false;
    }
  }

  private void passRecords() {
    int from = held.readerIndex();
    RecordScanner.Found found = scanner.next(held);
    while (found != RecordScanner.Found.NOTHING) {
      from = deliver(from);
      context.fireChannelReadComplete();
      if (discarding || mustWait(found)) {
        return;
      }
      scanner.pass(held);
      found = scanner.next(held);
    }
    deliverLast(from);
  }

  /** Passes on the bytes from {@code from} to the reader index; returns where to go on. */
  private int deliver(int from) {
    int to = held.readerIndex();
    if (to > from) {
      context.fireChannelRead(held.retainedSlice(from, to - from));
    }
    return to;
  }

  private void deliverLast(int from) {
    ByteBuf bytes = held;
    if (bytes.isReadable()) {
      deliver(from);
    } else {
      held = null;
      context.fireChannelRead(bytes.readerIndex(from));
    }
  }

  /** Decides on the record at the reader index; everything before it has been passed on. */
  private boolean mustWait(RecordScanner.Found found) {
    if (!up) {
      return false;
    }
    if (found == RecordScanner.Found.ALERT) {
      if (!connection.isBusy()) {
        connection.inputEnds();
        return discarding;
      }
      alertHeld = true;
      return true;
    }
    boolean last = held.readableBytes() <= MAYBE_ALERT_LENGTH;
    return last && (connection.isBusy() || connection.missingBytes() > BYTES_IN_MAYBE_ALERT_MAX);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean waits = held != null && connection.isBusy();
    if (event == ChannelInputShutdownEvent.INSTANCE && waits && !discarding) {
      endHeld = true;
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** Drops what is held and all that comes; the connection is being closed. */
  void discard() {
    discarding = true;
    if (held != null) {
      held.release();
      held = null;
    }
  }

  // ---- diagnosis

  /** The handshake failed, or TLS broke before the first request. */
  void failed(Throwable cause) {
    tell(Rejection.tlsFailed(TlsDiagnosis.explain(cause, hello), new byte[0]));
  }

  /** The peer ended its side before the handshake was done. */
  void closedByPeer() {
    tell(Rejection.tlsFailed(TlsDiagnosis.explainClose(begun, hello), new byte[0]));
  }

  /** The handshake took too long, or did not begin. */
  void expired() {
    long millis =
        begun ? loop.config.timeouts().handshakeMillis() : loop.config.timeouts().firstByteMillis();
    tell(Rejection.tlsFailed(TlsDiagnosis.explainTimeout(millis, begun, hello), new byte[0]));
  }

  private void tell(Rejection rejection) {
    if (told || discarding) {
      return;
    }
    told = true;
    loop.startRead();
    if (loop.budget.admitRejected()) {
      new Reporter(loop, peer).unanswered(rejection);
    }
  }
}
