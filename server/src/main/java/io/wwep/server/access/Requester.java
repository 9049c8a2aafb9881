package io.wwep.server.access;

import io.netty.util.NetUtil;
import io.wwep.certs.ClientCertificate;
import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * Who asks.
 *
 * @param address from where, or null when that is unknown
 * @param door where its requests come in
 * @param client what it has proved with a certificate, or null
 */
public record Requester(InetAddress address, Door door, ClientCertificate client) {

  /** Returns the device that it has proved to be. */
  OptionalInt device() {
    return client == null ? OptionalInt.empty() : client.device();
  }

  /** Returns who it is, for people. */
  String words() {
    String place =
        "%s, %s"
            .formatted(
                door == Door.CONSOLE ? door.word() : door.word() + " port",
                address == null ? "unknown address" : NetUtil.toAddressString(address));
    return client == null
        ? "a peer without a certificate (%s)".formatted(place)
        : "%s (%s)".formatted(client.holder(), place);
  }
}
