package io.wwep.server;

import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.protocol.Rejection;
import io.wwep.server.access.Access;
import io.wwep.server.access.Permissions;
import io.wwep.server.access.Requester;

/**
 * What the peer of one connection may do by the rules of this moment.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class Authority {

  private final Loop loop;
  private final Peer peer;
  private final boolean readOnly;

  private ClientCertificate client;
  private long endMillis = Long.MAX_VALUE;

  /** The rules that the rest was made from; null before the first request. */
  private Access rules;

  /** Null where everything is allowed. */
  private Permissions permissions;

  /** Why the certificate is not accepted any more; null while it is. */
  private String withdrawn;

  Authority(Loop loop, Peer peer) {
    this.loop = loop;
    this.peer = peer;
    readOnly = loop.config.readOnly().covers(peer.door());
  }

  /** The peer has proved who it is; null where it showed no certificate. */
  void proved(ClientCertificate shown) {
    client = shown;
    endMillis = shown == null ? Long.MAX_VALUE : shown.end().toEpochMilli();
  }

  /** Takes over rules that have changed; to be called for each read, before its requests. */
  @SuppressWarnings("ReferenceEquality") // Others are other rules; comparing them takes long.
  void refresh() {
    Access now = loop.access();
    boolean over = client != null && withdrawn == null && isOver();
    if (now == rules && !over) {
      return;
    }
    withdrawn = client == null || !now.clients().areAsked() ? null : refusal(now, over);
    permissions = now.of(new Requester(peer.inetAddress(), peer.door(), client));
    rules = now;
  }

  /** A session may be open for longer than its certificate holds. */
  private boolean isOver() {
    return System.currentTimeMillis() > endMillis;
  }

  /** What has been checked in the handshake is not checked again: it takes a millisecond. */
  private String refusal(Access now, boolean over) {
    if (!over && client.isAcceptedBy(now.clients().trust())) {
      return null;
    }
    try {
      now.clients().trust().check(client.chain());
      return null;
    } catch (ClientRefusal refusal) {
      return refusal.getMessage();
    }
  }

  boolean denies(boolean write, int address) {
    return (write && readOnly)
        || withdrawn != null
        || (permissions != null && !permissions.allow(write, address));
  }

  /** Returns why a request is denied. */
  Rejection denial(boolean write, int address, byte[] received) {
    if (withdrawn != null) {
      return Rejection.denied(withdrawn, received);
    }
    return write && readOnly
        ? peer.readOnly(received)
        : Rejection.denied(permissions.denial(write, address), received);
  }
}
