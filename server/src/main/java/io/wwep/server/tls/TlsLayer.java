package io.wwep.server.tls;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;

/**
 * Encrypts one connection; stands between the socket and the connection's own handler.
 *
 * <p>It tells how the handshake went by a {@link io.netty.handler.ssl.SslHandshakeCompletionEvent},
 * and a close_notify of the peer by a {@link io.netty.handler.ssl.SslCloseCompletionEvent}; behind
 * a close_notify it still sends what is written. What breaks after the handshake arrives as an
 * exception. Owned by the loop's thread.
 */
public interface TlsLayer extends ChannelHandler {

  /**
   * Sends close_notify behind everything written so far; nothing can be written from then on.
   *
   * @return completes when everything is with the kernel
   */
  ChannelFuture closeOutbound();

  /** Returns what was agreed on. To be asked when the handshake is done. */
  TlsSession session();

  /**
   * Returns what the client has proved with a certificate; null where it showed none. To be asked
   * when the handshake is done.
   *
   * @throws ClientRefusal when a session is resumed whose certificate is not accepted any more
   */
  ClientCertificate client() throws ClientRefusal;
}
