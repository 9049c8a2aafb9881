package io.wwep.cli;

import io.wwep.protocol.Wwep;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to talk to, and whether over TLS. */
@Command(sortOptions = false)
final class ServerOptions {

  private static final Set<Integer> TLS_PORTS = Set.of(Wwep.TLS_PORT, 443, 8443, 8883);

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

  /** Whether WWEP in clear goes to a port on which TLS is what usually listens. */
  boolean isLikelyTlsPortInClear() {
    return port != null && !usesTls() && TLS_PORTS.contains(port);
  }

  boolean usesTls() {
    return tls || trust.isGiven() || identity.isGiven();
  }
}
