package io.wwep.client;

import io.wwep.testkit.MisbehavingServer;
import java.time.Duration;

/** Clients of a misbehaving server, with times that make tests short. */
final class Clients {

  static final Duration REPLY = Duration.ofMillis(300);

  private Clients() {}

  static WwepClientBuilder builder(MisbehavingServer server) {
    return WwepClient.builder(server.host())
        .port(server.port())
        .connectTimeout(Duration.ofSeconds(2))
        .replyTimeout(REPLY);
  }

  static WwepClient of(MisbehavingServer server) {
    return builder(server).build();
  }

  /** For tests on behavior with time to spare: a busy machine must not make them fail. */
  static WwepClient patient(MisbehavingServer server) {
    return builder(server).replyTimeout(Duration.ofSeconds(10)).build();
  }
}
