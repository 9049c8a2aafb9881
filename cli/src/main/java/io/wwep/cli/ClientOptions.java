package io.wwep.cli;

import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.protocol.Wwep;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to ask, and how. */
@Command(sortOptions = false)
final class ClientOptions {

  private static final Set<Integer> TLS_PORTS = Set.of(Wwep.TLS_PORT, 443, 8443, 8883);

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of the server (localhost).")
  String host = "localhost";

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Numbers.RemotePort.class,
      description = "Port of the server (27708, with TLS 40508).")
  Integer port;

  @Option(
      names = "--tls",
      description = "Use TLS, and trust what this system trusts; the next three imply it.")
  boolean tls;

  @Mixin TrustOptions trust;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.OfReply.class,
      description = "How long a reply may take (500ms).")
  Duration timeout = Duration.ofMillis(500);

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  /**
   * Returns a client; it connects at its first request.
   *
   * @throws CliException when an option is out of its range, or the trust cannot be used
   */
  WwepClient client() {
    try {
      WwepClientBuilder builder = WwepClient.builder(host).replyTimeout(timeout);
      if (port != null) {
        builder.port(port);
      }
      if (usesTls()) {
        builder.tls(trust.trust());
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /** Whether WWEP in clear goes to a port on which TLS is what usually listens. */
  boolean isLikelyTlsPortInClear() {
    return port != null && !usesTls() && TLS_PORTS.contains(port);
  }

  boolean usesTls() {
    return tls || trust.isGiven();
  }
}
