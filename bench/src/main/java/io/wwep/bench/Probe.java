package io.wwep.bench;

import io.wwep.client.Outcome;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.client.WwepException;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import java.time.Duration;

/** Asks the server one question first, since the client knows what to say about every failure. */
final class Probe {

  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

  private Probe() {}

  /**
   * @throws BenchException when there is no answer of a WWEP server
   */
  static void check(Target target) {
    WwepClientBuilder builder =
        WwepClient.builder(target.host())
            .port(target.address().getPort())
            .replyTimeout(REPLY_TIMEOUT);
    if (target.isSecure()) {
      builder.tls(target.trust(), target.identity());
    }
    try (WwepClient client = builder.build()) {
      Outcome outcome = client.execute(new Request.Read(RegisterId.ofAddress(0)));
      if (outcome instanceof Outcome.Failed failed) {
        throw refused(failed.cause());
      }
    }
  }

  private static BenchException refused(WwepException cause) {
    return new BenchException(kind(cause), cause.getMessage(), cause);
  }

  private static BenchException.Kind kind(WwepException cause) {
    if (cause instanceof WwepException.NotTrusted) {
      return BenchException.Kind.NOT_TRUSTED;
    }
    return cause instanceof WwepException.NotAdmitted
        ? BenchException.Kind.NOT_ADMITTED
        : BenchException.Kind.UNREACHABLE;
  }
}
