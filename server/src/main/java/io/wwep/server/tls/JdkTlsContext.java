package io.wwep.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.wwep.certs.Identity;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** TLS with one identity by the JDK, for machines that BoringSSL was not built for. */
final class JdkTlsContext implements TlsContext {

  private final SslContext context;

  private JdkTlsContext(SslContext context) {
    this.context = context;
  }

  static JdkTlsContext of(Identity identity, List<String> cipherSuites) throws SSLException {
    X509Certificate[] chain = identity.chain().toArray(new X509Certificate[0]);
    return new JdkTlsContext(
        SslContextBuilder.forServer(identity.key(), chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(cipherSuites, SupportedCipherSuiteFilter.INSTANCE)
            .build());
  }

  @Override
  public TlsLayer newLayer(ByteBufAllocator buffers) {
    return new Layer(context.newEngine(buffers));
  }

  @Override
  public void close() {
    // The garbage collector sees to it.
  }

  /**
   * In TLS 1.2 the JDK ends its own side as soon as it reads a close_notify, and the replies that
   * are owed then could not be sent any more. So it is not shown any: there a record is marked as
   * an alert, and an alert behind the handshake ends the peer's side whatever it says. TLS 1.3
   * hides the mark, and there the JDK's side stays open.
   */
  private static final class Layer extends SslHandler implements TlsLayer {

    private static final byte ALERT_RECORD = 0x15;

    private boolean inputOver;

    Layer(SSLEngine engine) {
      super(engine);
      // The connection's own deadlines bound the handshake and the end.
      setHandshakeTimeoutMillis(0);
      setCloseNotifyReadTimeoutMillis(0);
    }

    /** Is called with the beginning of a record at the reader index. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> decoded)
        throws SSLException {
      boolean alert = bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == ALERT_RECORD;
      if (alert && !inputOver && handshakeFuture().isSuccess()) {
        inputOver = true;
        ctx.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
      }
      if (inputOver || engine().isInboundDone()) {
        bytes.skipBytes(bytes.readableBytes());
      } else {
        super.decode(ctx, bytes, decoded);
      }
    }
  }
}
