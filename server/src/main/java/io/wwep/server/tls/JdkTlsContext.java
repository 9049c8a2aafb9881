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
import io.netty.util.ReferenceCountUtil;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.certs.ClientTrust;
import io.wwep.certs.Identity;
import io.wwep.keylog.JdkSecrets;
import io.wwep.protocol.tls.TlsRecord;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** TLS with one identity by the JDK, for machines that BoringSSL was not built for. */
final class JdkTlsContext implements TlsContext {

  private static final String RSA_KEY_EXCHANGE = "TLS_RSA_";

  private static final String TICKETS_PROPERTY = "jdk.tls.server.enableSessionTicketExtension";

  /** More than a week, behind which the JDK gives no tickets of TLS 1.3 (RFC 8446, 4.6.1). */
  private static final int NO_TICKETS_SECONDS = (int) TimeUnit.DAYS.toSeconds(8);

  private final SslContext context;
  private final ClientTrust trust;
  private final KeyLogKeyManager keyLog;

  /**
   * @param keyLog null where no keys are written down
   */
  private JdkTlsContext(SslContext context, ClientTrust trust, KeyLogKeyManager keyLog) {
    this.context = context;
    this.trust = trust;
    this.keyLog = keyLog;
  }

  /**
   * @throws SSLException when the JDK does not take the identity, or not what the profile needs
   */
  static JdkTlsContext of(Identity identity, TlsSettings settings) throws SSLException {
    X509Certificate[] chain = identity.chain().toArray(new X509Certificate[0]);
    TlsProfile profile = settings.profile();
    KeyLogKeyManager keyLog =
        settings.keyLog() == null ? null : KeyLogKeyManager.of(identity, settings.keyLog());
    SslContextBuilder builder =
        (keyLog == null
                ? SslContextBuilder.forServer(identity.key(), chain)
                : SslContextBuilder.forServer(keyLog))
            .sslProvider(SslProvider.JDK)
            .protocols(profile.versions())
            .ciphers(profile.cipherSuites(), SupportedCipherSuiteFilter.INSTANCE);
    if (settings.clients().areAsked()) {
      builder.clientAuth(
          settings.clients().auth() == ClientAuth.REQUIRED
              ? io.netty.handler.ssl.ClientAuth.REQUIRE
              : io.netty.handler.ssl.ClientAuth.OPTIONAL);
      builder.trustManager(new JdkClientCheck(settings.clients().trust()));
    }
    SslContext context = keyLog == null ? builder.build() : withoutTickets(builder);
    if (profile.takesRsaKeyExchange()) {
      requireRsaKeyExchange(context);
    }
    return new JdkTlsContext(context, settings.clients().trust(), keyLog);
  }

  /**
   * Makes a context that gives no tickets: who resumes in TLS 1.3 is not shown a certificate, and
   * it is then that the secrets can be had. The JDK reads the property as it makes a context; and
   * to promise a ticket in TLS 1.2 and not to give it would break the handshake.
   *
   * <p>One at a time: the property is the whole process's, and of two at once the later would put
   * back what the earlier has set, for good.
   */
  private static synchronized SslContext withoutTickets(SslContextBuilder builder)
      throws SSLException {
    String before = System.getProperty(TICKETS_PROPERTY);
    System.setProperty(TICKETS_PROPERTY, "false");
    try {
      SslContext context = builder.build();
      context.sessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
      return context;
    } finally {
      if (before == null) {
        System.clearProperty(TICKETS_PROPERTY);
      } else {
        System.setProperty(TICKETS_PROPERTY, before);
      }
    }
  }

  /** Newer updates of the JDK switch it off, and a board would be locked out by one of them. */
  private static void requireRsaKeyExchange(SslContext context) throws SSLException {
    SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT);
    try {
      if (Arrays.stream(engine.getEnabledCipherSuites())
          .noneMatch(each -> each.startsWith(RSA_KEY_EXCHANGE))) {
        throw new SSLException(
            "this Java has the RSA key exchange of --tls-profile legacy switched off: take TLS_RSA_* out of jdk.tls.disabledAlgorithms, with Security.setProperty before the first use of TLS or in a file for -Djava.security.properties");
      }
    } finally {
      ReferenceCountUtil.release(engine);
    }
  }

  @Override
  public TlsLayer newLayer(ByteBufAllocator buffers) {
    SSLEngine engine = context.newEngine(buffers);
    return new Layer(engine, trust, keyLog);
  }

  /** Returns how many handshakes a key log waits for. */
  int handshakesLogged() {
    return keyLog == null ? 0 : keyLog.handshakes();
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

    private final ClientTrust trust;
    private final KeyLogKeyManager keyLog;
    private final JdkSecrets secrets;
    private boolean inputOver;

    Layer(SSLEngine engine, ClientTrust trust, KeyLogKeyManager keyLog) {
      super(engine);
      this.trust = trust;
      this.keyLog = keyLog;
      secrets = keyLog == null ? null : keyLog.watch(engine);
      if (keyLog != null) {
        handshakeFuture().addListener(done -> takeLastSecrets(done.isSuccess()));
      }
      // The connection's own deadlines bound the handshake and the end.
      setHandshakeTimeoutMillis(0);
      setCloseNotifyReadTimeoutMillis(0);
    }

    private void takeLastSecrets(boolean shaken) {
      keyLog.forget(engine());
      if (shaken) {
        secrets.handshakeDone(engine().getSession().getProtocol());
      }
    }

    @Override
    public void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
      if (keyLog != null) {
        keyLog.forget(engine());
      }
      super.handlerRemoved0(ctx);
    }

    @Override
    public TlsSession session() {
      SSLSession session = engine().getSession();
      return new TlsSession(session.getProtocol(), session.getCipherSuite());
    }

    @Override
    public ClientCertificate client() throws ClientRefusal {
      if (trust == null) {
        return null;
      }
      try {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : engine().getSession().getPeerCertificates()) {
          chain.add((X509Certificate) each);
        }
        return trust.check(chain);
      } catch (SSLPeerUnverifiedException showedNone) {
        return null;
      }
    }

    /** Is called with the beginning of a record at the reader index. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> decoded)
        throws SSLException {
      boolean up = bytes.isReadable() && !inputOver && handshakeFuture().isSuccess();
      byte record = up ? bytes.getByte(bytes.readerIndex()) : 0;
      if (record == TlsRecord.ALERT) {
        inputOver = true;
        ctx.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
      } else if (record == TlsRecord.HANDSHAKE) {
        // TLS 1.3 hides its own messages; the JDK would grant what BoringSSL never does.
        inputOver = true;
        ctx.fireExceptionCaught(new SSLException("renegotiation is not allowed"));
      }
      if (inputOver || engine().isInboundDone()) {
        bytes.skipBytes(bytes.readableBytes());
      } else {
        super.decode(ctx, bytes, decoded);
      }
      if (secrets != null) {
        secrets.look();
      }
    }
  }
}
