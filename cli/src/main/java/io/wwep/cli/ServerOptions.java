package io.wwep.cli;

import io.wwep.protocol.Wwep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to talk to, and whether over TLS. */
@Command(sortOptions = false)
final class ServerOptions {

  @Mixin HostOption host;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Numbers.RemotePort.class,
      description = "Port of the server (27708, with TLS 40508).")
  Integer port;

  @Option(
      names = "--tls",
      description = "Use TLS, and trust what this system trusts; the next five imply it.")
  boolean tls;

  @Mixin TrustOptions trust;
  @Mixin IdentityOptions identity;

  /** Whether WWEP in clear goes to a port that may as well be that of TLS: it answers X too. */
  boolean mayBeTlsPortInClear() {
    return port != null && !usesTls() && port != Wwep.PLAIN_PORT;
  }

  boolean usesTls() {
    return tls || trust.isGiven() || identity.isGiven();
  }
}
