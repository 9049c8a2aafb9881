package io.wwep.server.tls;

import static io.netty.internal.tcnative.SSL.SSL_ERROR_NONE;
import static io.netty.internal.tcnative.SSL.SSL_ERROR_SSL;
import static io.netty.internal.tcnative.SSL.SSL_ERROR_WANT_READ;
import static io.netty.internal.tcnative.SSL.SSL_ERROR_WANT_WRITE;
import static io.netty.internal.tcnative.SSL.SSL_ERROR_ZERO_RETURN;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCounted;
import io.netty.util.concurrent.FastThreadLocal;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.certs.ClientTrust;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Encrypts one connection with BoringSSL's own calls.
 *
 * <p>BoringSSL takes and leaves encrypted bytes at a "BIO" that is pointed at a buffer before each
 * call, as a source or as a sink. What BoringSSL has to say while the BIO is a source (its part of
 * the handshake, alerts, key updates) waits in the BIO's own small control buffer.
 *
 * <pre>
 *   socket --> [source] -- readFromSSL --> plain bytes --> connection
 *   socket &lt;-- [ sink ] &lt;-- writeToSSL -- plain bytes &lt;-- connection
 * </pre>
 *
 * <p>An SSLEngine is not used on purpose: it ends its own side as soon as it reads a close_notify,
 * and the replies that are owed then could not be sent any more (RFC 8446, 6.1: a close_notify says
 * nothing about the other direction).
 *
 * <p>Owned by the loop's thread; one for each connection. The native memory is freed when the layer
 * leaves the pipeline.
 */
final class BoringSslLayer extends ChannelDuplexHandler implements TlsLayer {

  private static final int CONTROL_BYTES = 2 * 1024;
  private static final int FLIGHT_BYTES = 8 * 1024;
  private static final int RECORD_PLAIN_BYTES_MAX = 16 * 1024;
  private static final int PLAIN_BYTES = 2 * RECORD_PLAIN_BYTES_MAX;

  /** Where a loop's connections decrypt to; what is read from it is copied at once. */
  private static final FastThreadLocal<ByteBuf> PLAIN =
      new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
          return Unpooled.directBuffer(PLAIN_BYTES, PLAIN_BYTES);
        }

        @Override
        protected void onRemoval(ByteBuf buffer) {
          buffer.release();
        }
      };

  /** What the native SSL was made of. */
  private final ReferenceCounted origin;

  /** Who is asked about the client's certificate; null where it is not asked for one. */
  private final ClientTrust trust;

  private ChannelHandlerContext context;

  /** The native SSL and its BIO, which belongs to it; 0 when freed. */
  private long ssl;

  private final long bio;

  private boolean up;
  private boolean inputOver;
  private boolean outputOver;
  private int overhead;

  /** What the client's certificate is worth; null while, or where, none has come. */
  private ClientCheck.Verdict verdict;

  /**
   * @param origin holds the native SSL_CTX; released once when the layer leaves the pipeline
   * @param trust who is asked about the client's certificate; null where it is not asked for one
   */
  BoringSslLayer(ReferenceCounted origin, long sslContext, ClientTrust trust) {
    this.origin = origin;
    this.trust = trust;
    ssl = SSL.newSSL(sslContext, true);
    bio = SSL.bioNewByteBuffer(ssl, CONTROL_BYTES);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (ssl != 0) {
      SSL.freeSSL(ssl);
      ssl = 0;
      origin.release();
    }
  }

  // ---- input

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf encrypted = direct((ByteBuf) message);
    try {
      if (!up) {
        shakeHands(encrypted);
      }
      if (up) {
        decrypt(encrypted);
      }
    } finally {
      encrypted.release();
    }
  }

  private ByteBuf direct(ByteBuf bytes) {
    if (bytes.hasMemoryAddress()) {
      return bytes;
    }
    try {
      return context.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  private void decrypt(ByteBuf encrypted) {
    ByteBuf plain = PLAIN.get();
    boolean goesOn = encrypted.isReadable();
    // Whoever is handed bytes may end the connection, and with it this layer.
    while (goesOn && ssl != 0 && !inputOver) {
      plain.clear();
      int error = fill(plain, encrypted);
      goesOn = !plain.isWritable() || encrypted.isReadable();
      if (plain.isReadable()) {
        context.fireChannelRead(plain.retain());
      }
      if (error != SSL_ERROR_NONE && ssl != 0) {
        stopped(error);
      }
    }
  }

  /** Decrypts until there is nothing left, or no room; returns why it stopped before that. */
  private int fill(ByteBuf plain, ByteBuf encrypted) {
    int error = SSL_ERROR_NONE;
    int room = plain.writableBytes();
    int count = 0;
    source(encrypted);
    do {
      int length = SSL.readFromSSL(ssl, plain.memoryAddress() + count, room - count);
      if (length > 0) {
        count += length;
      } else {
        error = SSL.getError(ssl, length);
      }
    } while (error == SSL_ERROR_NONE && count < room && SSL.bioLengthByteBuffer(bio) > 0);
    endSource(encrypted);
    plain.writerIndex(count);
    return error;
  }

  private void stopped(int error) {
    sendControl();
    if (error == SSL_ERROR_ZERO_RETURN) {
      inputOver = true;
      context.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
    } else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
      inputOver = true;
      outputOver = true;
      context.fireExceptionCaught(new SSLException(words(error)));
    }
  }

  // ---- handshake

  private void shakeHands(ByteBuf encrypted) {
    boolean goesOn = true;
    while (goesOn && !inputOver) {
      source(encrypted);
      int error = errorOf(step());
      endSource(encrypted);
      if (error == SSL_ERROR_WANT_WRITE) {
        error = sendFlight();
      } else {
        sendControl();
      }
      if (error == SSL_ERROR_NONE) {
        handsShaken();
      } else if (error != SSL_ERROR_WANT_READ) {
        handshakeFailed(error);
      }
      goesOn = !up && encrypted.isReadable();
    }
  }

  /** Goes on with a flight of messages that was too long for the control buffer. */
  private int sendFlight() {
    int error;
    do {
      ByteBuf flight = context.alloc().directBuffer(FLIGHT_BYTES);
      sink(flight);
      error = errorOf(step());
      endSink(flight);
      context.write(flight, context.voidPromise());
    } while (error == SSL_ERROR_WANT_WRITE);
    context.flush();
    return error;
  }

  private int step() {
    int result = SSL.doHandshake(ssl);
    ClientCheck.Verdict last = trust == null ? null : ClientCheck.takeLast();
    verdict = last == null ? verdict : last;
    return result;
  }

  private int errorOf(int result) {
    return result > 0 ? SSL_ERROR_NONE : SSL.getError(ssl, result);
  }

  private void handsShaken() {
    up = true;
    overhead = SSL.getMaxWrapOverhead(ssl);
    context.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
  }

  private void handshakeFailed(int error) {
    inputOver = true;
    outputOver = true;
    SSLHandshakeException failure = new SSLHandshakeException(words(error));
    if (verdict != null && verdict.refusal() != null) {
      failure.initCause(verdict.refusal());
    }
    context.fireUserEventTriggered(new SslHandshakeCompletionEvent(failure));
  }

  private static String words(int error) {
    if (error == SSL_ERROR_ZERO_RETURN) {
      return "Received close_notify during handshake";
    }
    int number = error == SSL_ERROR_SSL ? SSL.getLastErrorNumber() : 0;
    SSL.clearError();
    return number == 0 ? "BoringSSL stopped with %d".formatted(error) : SSL.getErrorString(number);
  }

  /** BoringSSL has OpenSSL's names for the suites of TLS 1.2. */
  @Override
  public TlsSession session() {
    String suite = ssl == 0 ? null : SSL.getCipherForSSL(ssl);
    String known = suite == null ? null : CipherSuiteConverter.toJava(suite, "TLS");
    return new TlsSession(ssl == 0 ? null : SSL.getVersion(ssl), known == null ? suite : known);
  }

  /** A resumed session brings the certificate along, and nobody has asked what it is worth now. */
  @Override
  public ClientCertificate client() throws ClientRefusal {
    if (verdict != null) {
      return verdict.accepted();
    }
    byte[] own = trust == null || ssl == 0 ? null : SSL.getPeerCertificate(ssl);
    if (own == null) {
      return null;
    }
    List<byte[]> chain = new ArrayList<>(List.of(own));
    byte[][] others = SSL.getPeerCertChain(ssl);
    if (others != null) {
      chain.addAll(List.of(others));
    }
    return trust.checkDer(chain);
  }

  // ---- output

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf plain = direct((ByteBuf) message);
    try {
      if (!up || outputOver || ssl == 0) {
        promise.tryFailure(new ClosedChannelException());
      } else {
        encrypt(plain, promise);
      }
    } finally {
      plain.release();
    }
  }

  /** Goes on in another buffer where BoringSSL had more to say first than there was room for. */
  private void encrypt(ByteBuf plain, ChannelPromise promise) {
    int length = plain.readableBytes();
    long from = plain.memoryAddress() + plain.readerIndex();
    int error;
    do {
      ByteBuf encrypted = context.alloc().directBuffer(sinkBytes(length));
      sink(encrypted);
      error = length == 0 ? SSL_ERROR_NONE : errorOf(SSL.writeToSSL(ssl, from, length));
      endSink(encrypted);
      context.write(encrypted, error == SSL_ERROR_NONE ? promise : context.voidPromise());
    } while (error == SSL_ERROR_WANT_WRITE);
    if (error != SSL_ERROR_NONE) {
      outputOver = true;
      promise.tryFailure(new SSLException(words(error)));
    }
  }

  /** Returns what so many plain bytes take, with the control bytes that are known of. */
  private int sinkBytes(int plainBytes) {
    int records = 2 + plainBytes / RECORD_PLAIN_BYTES_MAX;
    return SSL.bioLengthNonApplication(bio) + plainBytes + records * overhead;
  }

  @Override
  public ChannelFuture closeOutbound() {
    if (!up || outputOver || ssl == 0) {
      return context.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }
    outputOver = true;
    ChannelFuture sent;
    int result;
    do {
      ByteBuf last = context.alloc().directBuffer(sinkBytes(0));
      sink(last);
      result = SSL.shutdownSSL(ssl);
      endSink(last);
      sent = context.write(last);
    } while (result < 0 && SSL.getError(ssl, result) == SSL_ERROR_WANT_WRITE);
    context.flush();
    return sent;
  }

  /** Sends what BoringSSL has to say by itself. */
  private void sendControl() {
    int length = SSL.bioLengthNonApplication(bio);
    if (length > 0) {
      ByteBuf control = context.alloc().directBuffer(length);
      sink(control);
      endSink(control);
      context.writeAndFlush(control, context.voidPromise());
    }
  }

  // ---- the BIO

  private void source(ByteBuf bytes) {
    long from = bytes.memoryAddress() + bytes.readerIndex();
    SSL.bioSetByteBuffer(bio, from, bytes.readableBytes(), false);
  }

  private void endSource(ByteBuf bytes) {
    bytes.readerIndex(bytes.writerIndex() - SSL.bioLengthByteBuffer(bio));
    SSL.bioClearByteBuffer(bio);
  }

  /** Points the BIO at an empty buffer, and lets it put there first what waits. */
  private void sink(ByteBuf empty) {
    SSL.bioSetByteBuffer(bio, empty.memoryAddress(), empty.capacity(), true);
    SSL.bioFlushByteBuffer(bio);
  }

  private void endSink(ByteBuf filled) {
    filled.writerIndex(filled.capacity() - SSL.bioLengthByteBuffer(bio));
    SSL.bioClearByteBuffer(bio);
  }
}
