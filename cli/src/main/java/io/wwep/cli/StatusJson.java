package io.wwep.cli;

import io.wwep.certs.ServerIdentity;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerCounters;
import io.wwep.server.ServerStatus;
import io.wwep.server.WwepServer;
import io.wwep.server.access.Door;
import io.wwep.store.Histogram;
import io.wwep.store.Store;
import io.wwep.store.StoreHealth;
import java.util.List;
import java.util.Map;

/** What a running server tells of itself, as one JSON object. */
final class StatusJson {

  private StatusJson() {}

  /** Looks, which takes up to two seconds where something is stuck, and tells. */
  static Json of(WwepServer server, Store store) {
    ServerStatus status = server.status();
    return new Json()
        .put("result", "up")
        .put("healthy", status.isHealthy())
        .put("durable", status.store().isDurable())
        .put("version", Version.number())
        .put("pid", ProcessHandle.current().pid())
        .put("since", status.since().toString())
        .put("plainPort", port(status.plainPort()))
        .put("tlsPort", port(status.tlsPort()))
        .put("console", server.consoleUrl())
        .put("certificates", certificates(status.identity()))
        .put("store", store.description())
        .put("devices", store.deviceCount())
        .put("registers", store.registerCount())
        .put("lastCommit", lastCommit(status.store()))
        .put("failing", failing(status.store()))
        .put("stuck", status.stuck())
        .put("connections", connections(status))
        .put("handshakes", handshakes(status.counters()))
        .put("requests", requests(status.counters()))
        .put("rejections", rejections(status.counters()))
        .put("limited", limited(status.counters().limitHits()));
  }

  /** With what is wrong with their dates, or will be soon. */
  private static Json certificates(ServerIdentity identity) {
    if (identity == null) {
      return null;
    }
    List<Json> shown =
        identity.all().stream()
            .map(
                each ->
                    new Json()
                        .put("kind", each.isEc() ? "EC" : "RSA")
                        .put("sha256", each.fingerprint())
                        .put("until", each.certificate().getNotAfter().toInstant().toString()))
            .toList();
    return new Json().put("shown", shown).put("problems", identity.dateProblems());
  }

  private static Json connections(ServerStatus status) {
    return new Json()
        .put("open", status.counters().openConnections())
        .put("max", status.connectionsMax())
        .put("accepted", status.counters().acceptedConnections())
        .put("openByPort", byDoor(status.counters().openByDoor()))
        .put("acceptedByPort", byDoor(status.counters().acceptedByDoor()));
  }

  private static Json byDoor(Map<Door, ? extends Number> numbers) {
    Json json = new Json();
    numbers.forEach((door, number) -> json.put(door.key(), number));
    return json;
  }

  private static Json handshakes(ServerCounters counters) {
    return new Json()
        .put("done", counters.handshakesDone())
        .put("failed", counters.handshakesFailed())
        .put("versions", counters.handshakes().versions())
        .put("cipherSuites", counters.handshakes().cipherSuites())
        .put("failures", counters.handshakes().failures());
  }

  private static Json requests(ServerCounters counters) {
    return new Json()
        .put("answered", counters.requests())
        .put("rejected", counters.rejectedRequests())
        .put("reads", counters.traffic().reads())
        .put("writes", counters.traffic().writes())
        .put("bytesRead", counters.traffic().bytesRead())
        .put("bytesWritten", counters.traffic().bytesWritten())
        .put("latency", histogram(counters.traffic().latency()));
  }

  /** Counts by code, of what was no request too. */
  private static Json rejections(ServerCounters counters) {
    Json json = new Json();
    counters.traffic().rejections().forEach((code, count) -> json.put(code.word(), count));
    return json;
  }

  /** With one count more than bounds, for what is beyond the last. */
  private static Json histogram(Histogram.Snapshot snapshot) {
    return new Json()
        .put("secondsMax", snapshot.bounds())
        .put("counts", snapshot.counts())
        .put("secondsSum", snapshot.sum());
  }

  /** How often each limit was hit, by the name of its option as far as it has one. */
  private static Json limited(ServerCounters.LimitHits hits) {
    return new Json()
        .put("max-connections", hits.connections())
        .put("max-connections-per-address", hits.connectionsPerAddress())
        .put("max-handshakes-per-address", hits.handshakesPerAddress())
        .put("max-requests-per-second", hits.requestsPerSecond())
        .put("send-timeout", hits.stalledPeers())
        .put("files", hits.acceptPauses());
  }

  private static Integer port(int port) {
    return port == ServerConfig.NOT_SERVED ? null : port;
  }

  private static Json lastCommit(StoreHealth health) {
    return health.lastCommit() == null
        ? null
        : new Json().put("number", health.lastWrite()).put("time", health.lastCommit().toString());
  }

  private static Json failing(StoreHealth health) {
    return health.failure() == null
        ? null
        : new Json().put("since", health.failingSince().toString()).put("reason", health.failure());
  }
}
