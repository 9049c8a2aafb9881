package io.wwep.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SSLCredential;
import io.netty.util.AbstractReferenceCounted;
import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.Pem;
import io.wwep.keylog.KeyLog;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS with one identity by BoringSSL.
 *
 * <p>Holds a native SSL_CTX, which BoringSSL lets many threads use at once. Each connection counts
 * as a reference to it, so that connections outlive the time in which new ones use it.
 */
final class BoringSslContext extends AbstractReferenceCounted implements TlsContext {

  /** For clients of TLS 1.2 that resume by session ID and know no tickets. */
  private static final int SESSIONS_MAX = 4096;

  private static final byte[] SESSIONS_OF = "wwep".getBytes(US_ASCII);
  private static final String[] GROUPS = {"X25519", "P-256", "P-384", "P-521"};

  /** What comes in is checked by {@link ClientCheck}, to a tighter bound. */
  private static final int CHAIN_DEPTH_MAX = 20;

  private final long address;
  private final TlsSettings settings;

  private BoringSslContext(long address, TlsSettings settings) {
    this.address = address;
    this.settings = settings;
  }

  /**
   * @throws SSLException when BoringSSL does not take the identity
   */
  static BoringSslContext of(Identity identity, TlsSettings settings) throws SSLException {
    if (!BoringSsl.isAvailable()) {
      throw new SSLException("there is no BoringSSL for this machine");
    }
    BoringSslContext context = null;
    try {
      int versions = versions(settings.profile());
      context = new BoringSslContext(SSLContext.make(versions, SSL.SSL_MODE_SERVER), settings);
      context.configure();
      context.show(identity);
      if (settings.clients().areAsked()) {
        context.askClients();
      }
      context.writeKeysTo(settings.keyLog());
      return context;
    } catch (Exception refused) { // the native methods declare nothing narrower
      if (context != null) {
        context.close();
      }
      throw new SSLException(refused.getMessage(), refused);
    }
  }

  private static int versions(TlsProfile profile) {
    return profile.versions().contains("TLSv1.2")
        ? SSL.SSL_PROTOCOL_TLSV1_2 | SSL.SSL_PROTOCOL_TLSV1_3
        : SSL.SSL_PROTOCOL_TLSV1_3;
  }

  private void configure() throws Exception {
    // Tickets are on: BoringSSL makes their keys, and changes them every two days.
    SSLContext.setOptions(address, SSL.SSL_OP_CIPHER_SERVER_PREFERENCE | SSL.SSL_OP_NO_COMPRESSION);
    List<String> older = settings.profile().olderCipherSuites();
    if (!older.isEmpty()) { // those of TLS 1.3 are BoringSSL's own choice
      SSLContext.setCipherSuite(address, String.join(":", older), false);
    }
    SSLContext.setCurvesList(address, GROUPS);
    SSLContext.setSessionIdContext(address, SESSIONS_OF);
    SSLContext.setSessionCacheMode(address, SSL.SSL_SESS_CACHE_SERVER);
    SSLContext.setSessionCacheSize(address, SESSIONS_MAX);
    SSLContext.setMode(
        address, SSLContext.getMode(address) | SSL.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  }

  private void show(Identity identity) throws Exception {
    long credential = SSLCredential.newX509();
    try {
      setKey(credential, identity.key());
      setChain(credential, identity.chain());
      SSLContext.addCredential(address, credential);
    } finally {
      SSLCredential.free(credential); // the context keeps a reference of its own
    }
  }

  private void askClients() throws Exception {
    int level =
        settings.clients().auth() == ClientAuth.REQUIRED
            ? SSL.SSL_CVERIFY_REQUIRED
            : SSL.SSL_CVERIFY_OPTIONAL;
    SSLContext.setVerify(address, level, CHAIN_DEPTH_MAX);
    SSLContext.setCertVerifyCallback(address, new ClientCheck(settings.clients().trust()));
    long pem = memory(Identities.toPem(settings.clients().trust().authorities()));
    try {
      SSLContext.setCACertificateBio(address, pem);
    } finally {
      SSL.freeBIO(pem);
    }
  }

  /** The library hands out each line of the file itself, during the handshake. */
  private void writeKeysTo(KeyLog log) throws SSLException {
    if (log != null && !SSLContext.setKeyLogCallback(address, (ssl, line) -> log.add(line))) {
      throw new SSLException("this BoringSSL does not hand out keys: leave out --keylog");
    }
  }

  private static void setKey(long credential, PrivateKey key) throws Exception {
    long pem = memory(Pem.write("PRIVATE KEY", key.getEncoded()));
    long parsed = 0;
    try {
      parsed = SSL.parsePrivateKey(pem, null);
      SSLCredential.setPrivateKey(credential, parsed);
    } finally {
      SSL.freePrivateKey(parsed);
      SSL.freeBIO(pem);
    }
  }

  private static void setChain(long credential, List<X509Certificate> chain) throws Exception {
    long pem = memory(Identities.toPem(chain));
    long parsed = 0;
    try {
      parsed = SSL.parseX509Chain(pem);
      SSLCredential.setCertChain(credential, parsed);
    } finally {
      SSL.freeX509Chain(parsed);
      SSL.freeBIO(pem);
    }
  }

  /** Returns a native memory BIO that holds the text. */
  private static long memory(String text) throws Exception {
    long bio = SSL.newMemBIO();
    ByteBuf bytes = Unpooled.directBuffer(text.length());
    try {
      bytes.writeCharSequence(text, US_ASCII);
      SSL.bioWrite(bio, bytes.memoryAddress(), bytes.readableBytes());
    } finally {
      bytes.setZero(0, bytes.capacity()); // it may have been the key
      bytes.release();
    }
    return bio;
  }

  @Override
  public TlsLayer newLayer(ByteBufAllocator buffers) {
    retain();
    try {
      return new BoringSslLayer(this, address, settings.clients().trust());
    } catch (Throwable refused) { // it has not come to be, so it gives nothing back
      release();
      throw refused;
    }
  }

  @Override
  public void close() {
    release();
  }

  @Override
  protected void deallocate() {
    SSLContext.free(address);
  }

  @Override
  public BoringSslContext touch(Object hint) {
    return this;
  }
}
