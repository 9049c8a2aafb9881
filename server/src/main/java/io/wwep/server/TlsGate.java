package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.wwep.protocol.OtherProtocols;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.tls.TlsRecord;
import io.wwep.server.LoopCounters.Counter;

/**
 * Stands in front of TLS, first in the pipeline of the TLS port, and tells TLS from what ends up
 * here by mistake: WWEP in clear, HTTP, garbage. {@link HandshakeReport} says why a handshake
 * fails.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class TlsGate extends ChannelDuplexHandler {

  private static final int ALERT_RECORD_LENGTH = 7;
  private static final int RECEIVED_KEPT_MAX = 128;

  private final Loop loop;
  private final Peer peer;
  private final AddressUse use;
  private final HandshakeReport report;

  private Connection connection;
  private ChannelHandlerContext context;
  private boolean begun;
  private boolean up;

  /** Whether a handshake is under way that the address has on its account. */
  private boolean counted;

  /**
   * @param report says why the handshake failed
   */
  TlsGate(Loop loop, Peer peer, AddressUse use, HandshakeReport report) {
    this.loop = loop;
    this.peer = peer;
    this.use = use;
    this.report = report;
  }

  /** Names the connection behind the gate. */
  void guard(Connection guarded) {
    connection = guarded;
  }

  /** Returns where it is said why the handshake failed. */
  HandshakeReport report() {
    return report;
  }

  /** The handshake is done. */
  void up() {
    up = true;
    handshakeOver();
  }

  /** The handshake is done, or has failed; may be called again. */
  void handshakeOver() {
    if (counted) {
      counted = false;
      use.endHandshake();
    }
  }

  /** Whether the first byte of a handshake has come. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** However the connection ends. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    handshakeOver();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!bytes.isReadable()) {
      bytes.release();
    } else if (begun || begins(bytes)) {
      if (!up) {
        keepAlertInClear(bytes);
      }
      ctx.fireChannelRead(bytes);
    } else if (isHandshake(bytes)) {
      bytes.release();
      refuse();
    } else {
      begun = true;
      byte[] received = copyStart(bytes);
      bytes.release();
      sendBack(received);
    }
  }

  private static boolean isHandshake(ByteBuf bytes) {
    return bytes.getByte(bytes.readerIndex()) == TlsRecord.HANDSHAKE;
  }

  /** Whether a handshake begins here, and may. */
  private boolean begins(ByteBuf bytes) {
    counted = isHandshake(bytes) && use.beginHandshake();
    begun = counted;
    return begun;
  }

  /** Turns away a peer whose address has too many handshakes under way. */
  private void refuse() {
    begun = true;
    loop.counters.count(Counter.OVER_HANDSHAKES_PER_ADDRESS);
    int max = loop.config.limits().handshakesPerAddressMax();
    boolean shown = use.handshakeNews.passes(System.nanoTime());
    report.limited(shown, () -> LimitWords.handshakes(peer, max));
    connection.turnAway(RejectCode.LIMITED);
  }

  /**
   * Lets a read through unless reading is stopped. The JDK's TLS asks for one whenever a read
   * brought it less than a record.
   */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!up || ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  /**
   * Keeps the number of an alert that comes in clear, as the last that a client sends. In the
   * middle of a TLS 1.3 handshake some send it so, and TLS, which expects it encrypted, cannot tell
   * it.
   */
  private void keepAlertInClear(ByteBuf bytes) {
    int start = bytes.writerIndex() - ALERT_RECORD_LENGTH;
    if (start >= bytes.readerIndex()
        && bytes.getByte(start) == TlsRecord.ALERT
        && bytes.getUnsignedShort(start + 3) == 2) {
      report.alertCame(bytes.getUnsignedByte(start + 6));
    }
  }

  private static byte[] copyStart(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), RECEIVED_KEPT_MAX);
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
  }

  /** Answers a peer that does not speak TLS. */
  private void sendBack(byte[] received) {
    if (OtherProtocols.startsHttp(received, 0, received.length)) {
      answer(Rejection.http(loop.neighbors().consoleUrl(), received));
    } else if (OtherProtocols.startsWwep(received, 0, received.length)) {
      answer(Rejection.plainOnTlsPort(loop.neighbors().plainPort(), received));
    } else if (isText(received[0])) {
      report.text(Rejection.textOnTlsPort(loop.neighbors().plainPort(), received));
      connection.turnAway(RejectCode.TLS_FAILED);
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
}
