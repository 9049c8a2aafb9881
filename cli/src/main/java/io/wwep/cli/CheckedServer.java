package io.wwep.cli;

import io.wwep.conformance.Exercise;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import io.wwep.protocol.Wwep;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which server is held against the protocol, through which ports. */
@Command(sortOptions = false)
final class CheckedServer {

  @Parameters(
      paramLabel = "SERVER",
      converter = TlsTarget.WithoutUsualPort.class,
      description = "HOST or HOST:PORT of the server (27708; the TLS port with --exercise 05).")
  TlsTarget place;

  @Option(
      names = "--exercise",
      paramLabel = "NUMBER",
      converter = ExerciseNumber.class,
      completionCandidates = ExerciseNumber.class,
      description =
          "What the server is to be: 04 plain, 05 TLS, 07 both (04; 07 with an option of TLS).")
  Exercise exercise;

  @Option(
      names = "--tls-port",
      paramLabel = "N",
      converter = Numbers.RemotePort.class,
      description = "Port of the server's TLS (40508).")
  Integer tlsPort;

  @Mixin TrustOptions trust;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.OfReply.class,
      description = "How long a reply may take before it is given up, up to 1m (2s).")
  Duration timeout = Duration.ofSeconds(2);

  /** Returns what the server is to be. */
  Exercise exercise() {
    boolean hasTls = tlsPort != null || trust.isGiven();
    if (exercise == Exercise.PLAIN && hasTls) {
      throw new CliException(
          "exercise 04 has no TLS: leave the options of TLS out, or take --exercise 07");
    }
    return exercise != null ? exercise : hasTls ? Exercise.BOTH : Exercise.PLAIN;
  }

  /**
   * Returns the server with the ports that its exercise needs.
   *
   * @throws CliException when the options do not go together, or the trust cannot be used
   */
  Target target() {
    Exercise wanted = exercise();
    try {
      Target target = Target.at(place.host()).withPatience(timeout);
      if (wanted.needs(Port.PLAIN)) {
        target = target.withPlain(place.port() == TlsTarget.NONE ? Wwep.PLAIN_PORT : place.port());
      }
      return wanted.needs(Port.TLS) ? target.withTls(tlsPort(wanted), trust.trust()) : target;
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private int tlsPort(Exercise wanted) {
    if (wanted == Exercise.TLS && place.port() != TlsTarget.NONE) {
      if (tlsPort != null && tlsPort != place.port()) {
        throw new CliException(
            "exercise 05 has one port, and %d and %d are given: leave one of them out"
                .formatted(place.port(), tlsPort));
      }
      return place.port();
    }
    return tlsPort == null ? Wwep.TLS_PORT : tlsPort;
  }
}
