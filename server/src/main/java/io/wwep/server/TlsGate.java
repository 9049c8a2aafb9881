package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.wwep.protocol.OtherProtocols;
import io.wwep.protocol.Rejection;

/**
 * Stands in front of TLS, first in the pipeline of the TLS port.
 *
 * <p>Before the handshake it tells TLS from what ends up here by mistake: WWEP in clear, HTTP,
 * garbage. {@link HandshakeReport} says why a handshake fails.
 *
 * <p>Later it sees to it that a peer which ends its side with close_notify gets the replies that it
 * is owed: the TLS engine ends its own side as soon as it reads a close_notify, so whatever may be
 * one has to wait while requests are under way. That is the last record that is there, since
 * nothing follows a close_notify; and waiting costs nothing, since its requests could not be handed
 * over any sooner.
 *
 * <p>A partial frame in front of a close_notify is owed an X as well. Up to TLS 1.2 the record is
 * marked as an alert and the X is sent at once. TLS 1.3 hides the mark: there a record of the
 * length that an alert has on this connection, behind a frame that it could not complete, is held
 * until more comes or the frame timeout has sent the X. Behind a frame that lacks one or two bytes
 * it is passed on at once, since it may complete it; should it be a close_notify after all, the X
 * can no longer be sent.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class TlsGate extends ChannelDuplexHandler {

  private static final byte HANDSHAKE_RECORD = 0x16;
  private static final int RECEIVED_KEPT_MAX = 128;
  private static final int ALERT_LENGTH = 2;
  private static final int ALERT_RECORD_LENGTH = 7;

  private final Loop loop;
  private final HandshakeReport report;
  private final RecordScanner scanner = new RecordScanner();

  private Connection connection;
  private ChannelHandlerContext context;
  private boolean begun;
  private boolean up;
  private boolean passing;
  private boolean delivered;
  private boolean discarding;

  /** What is not passed on yet: a record that has to wait, or a header that is not complete. */
  private ByteBuf held;

  /** Whether an alert is held, so that nothing behind it matters. */
  private boolean alertHeld;

  /** Whether the peer's FIN waits behind what is held. */
  private boolean endHeld;

  /** By how much a record of this peer is longer than what it carries; -1 while unknown. */
  private int overhead = -1;

  /** Length of a record's body that is passed on in pieces, or 0; and what had come before it. */
  private int openBody;

  private long openBytesBefore;

  TlsGate(Loop loop, Peer peer) {
    this.loop = loop;
    report = new HandshakeReport(loop, peer);
  }

  /** Names the connection behind the gate. */
  void guard(Connection guarded) {
    connection = guarded;
  }

  /** Returns where it is said why the handshake failed. */
  HandshakeReport report() {
    return report;
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
      if (held != null) {
        connection.bytesWait();
      }
    } else {
      byte[] received = copyStart(bytes);
      bytes.release();
      begun = true;
      sendBack(received);
    }
  }

  /**
   * Lets a read through unless reading is stopped. The TLS engine asks for one whenever it thinks
   * that a read brought it nothing, which it does when records are passed on one by one.
   */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!up || discarding || ctx.channel().config().isAutoRead()) {
      ctx.read();
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
      report.garbage(received);
      context.close();
    }
  }

  private static boolean isText(byte b) {
    return (b >= ' ' && b < 0x7F) || b == '\r' || b == '\n';
  }

  private void answer(Rejection rejection) {
    report.answered(rejection);
    connection.turnAway(rejection.code());
  }

  // ---- alerts wait for replies

  /** Goes on with what had to wait; called when no request is under way. */
  void resume() {
    if (passing || discarding || (held == null && !endHeld)) {
      return;
    }
    alertHeld = false;
    delivered = false;
    passOn();
    if (delivered) {
      context.fireChannelReadComplete();
    }
    if (endHeld && !discarding && !connection.isBusy()) {
      endHeld = false;
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  /** Whether a record waits to be passed on. */
  boolean isHoldingRecord() {
    return held != null && scanner.isAtHeader(held);
  }

  private void passOn() {
    passing = true;
    try {
      boolean goesOn = true;
      while (goesOn && held != null && held.isReadable()) {
        goesOn = passNext();
      }
    } finally {
      passing = false;
    }
  }

  /** Passes on the next piece of what is held; returns whether to go on with the one behind it. */
  private boolean passNext() {
    int from = held.readerIndex();
    scanner.skipBody(held);
    if (held.readerIndex() > from) {
      deliver(from);
      if (scanner.isComplete() && openBody > 0) {
        learn(1, openBody, openBytesBefore);
        openBody = 0;
      }
      return true;
    }
    if (!scanner.isAtHeader(held)) {
      return false;
    }
    if (!up) {
      // One by one, since the record that ends the handshake is known only by its effect.
      keepAlertInClear();
      scanner.enter(held);
      deliver(from);
      return true;
    }
    return isStop() ? passStop() : passUpToStop();
  }

  /**
   * Keeps the number of an alert that comes in clear. In the middle of a TLS 1.3 handshake some
   * clients send it so, and the engine, which expects it encrypted, cannot tell it.
   */
  private void keepAlertInClear() {
    boolean whole = held.readableBytes() >= ALERT_RECORD_LENGTH;
    if (whole && scanner.isAlert(held) && scanner.bodyLength(held) == ALERT_LENGTH) {
      report.alertCame(held.getUnsignedByte(held.readerIndex() + ALERT_RECORD_LENGTH - 1));
    }
  }

  /** Whether the record at the reader index may be the one that ends the stream. */
  private boolean isStop() {
    return scanner.isAlert(held) || scanner.isLast(held);
  }

  private boolean passUpToStop() {
    int from = held.readerIndex();
    int records = 0;
    int bodies = 0;
    while (scanner.isAtHeader(held) && !isStop()) {
      records++;
      bodies += scanner.bodyLength(held);
      scanner.enter(held);
    }
    deliverAndLearn(from, records, bodies);
    context.fireChannelReadComplete();
    return true;
  }

  private boolean passStop() {
    if (mustWait()) {
      return false;
    }
    int from = held.readerIndex();
    int body = scanner.bodyLength(held);
    scanner.enter(held);
    if (scanner.isComplete()) {
      deliverAndLearn(from, 1, body);
    } else {
      openBody = body;
      openBytesBefore = connection.bytesTaken();
      deliver(from);
    }
    return true;
  }

  /** Decides on a record that may end the stream; everything before it has been passed on. */
  private boolean mustWait() {
    boolean busy = connection.isBusy();
    if (!scanner.isAlert(held)) {
      boolean likeAlert = scanner.bodyLength(held) == overhead + ALERT_LENGTH;
      return busy || (likeAlert && connection.missingBytes() > ALERT_LENGTH);
    }
    if (busy) {
      alertHeld = true;
    } else {
      connection.inputEnds();
    }
    return true;
  }

  private void deliverAndLearn(int from, int records, int bodies) {
    long before = connection.bytesTaken();
    deliver(from);
    learn(records, bodies, before);
  }

  /** Learns how much longer these records are than what they carried. */
  private void learn(int records, int bodies, long bytesBefore) {
    long carried = connection.bytesTaken() - bytesBefore;
    if (carried > 0 && (bodies - carried) % records == 0) {
      overhead = (int) (bodies - carried) / records;
    }
  }

  /** Passes on the bytes from {@code from} to the reader index. */
  private void deliver(int from) {
    delivered = true;
    ByteBuf bytes = held;
    if (bytes.isReadable()) {
      context.fireChannelRead(bytes.retainedSlice(from, bytes.readerIndex() - from));
    } else {
      held = null;
      context.fireChannelRead(bytes.readerIndex(from));
    }
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
}
