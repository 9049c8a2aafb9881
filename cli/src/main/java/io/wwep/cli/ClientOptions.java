package io.wwep.cli;

import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to ask, how long to wait, and how to print the answer. */
@Command(sortOptions = false)
final class ClientOptions {

  @Mixin ServerOptions server;
  @Mixin KeyLogOption keyLog;

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
   * @param keys where its keys are written down, or null
   * @throws CliException when an option is out of its range, or the trust cannot be used
   */
  WwepClient client(KeyLog keys) {
    try {
      WwepClientBuilder builder = WwepClient.builder(server.host.name).replyTimeout(timeout);
      if (server.port != null) {
        builder.port(server.port);
      }
      if (server.usesTls()) {
        builder.tls(server.trust.trust(), server.identity.identity());
      }
      if (keys != null) {
        builder.keyLog(keys);
      }
      return builder.build();
    } catch (IllegalArgumentException | KeyLogException e) {
      throw new CliException(e.getMessage(), e);
    }
  }
}
