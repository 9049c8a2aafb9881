package io.wwep.server.tls;

import io.wwep.certs.Identity;
import java.net.InetAddress;

/**
 * What this server has to offer to one client, for the diagnosis of its handshake.
 *
 * @param settings how TLS is served
 * @param shown what the client is shown, or would be
 * @param hasOther whether other clients are shown another certificate
 * @param reached the address of this server that the client came to, or null
 */
public record ServerSide(
    TlsSettings settings, Identity shown, boolean hasOther, InetAddress reached) {

  TlsProfile profile() {
    return settings.profile();
  }
}
