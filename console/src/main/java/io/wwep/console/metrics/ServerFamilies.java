package io.wwep.console.metrics;

import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import io.wwep.console.api.Watched;
import io.wwep.server.EventFeed;
import io.wwep.server.ServerCounters;
import io.wwep.server.ServerCounters.LimitHits;
import io.wwep.server.ServerStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What peers ask of a server, what they get, and which limits they hit. */
final class ServerFamilies {

  private static final double MILLIS_PER_SECOND = 1e3;

  private ServerFamilies() {}

  static void addTo(Families families, Watched watched, ServerStatus status) {
    ServerCounters counters = status.counters();
    life(families, watched, status);
    connections(families, status);
    requests(families, counters);
    handshakes(families, counters);
    families.counter(
        "wwep_limit_hits_total",
        "How often a limit was hit, by the name of its option as far as it has one.",
        "limit",
        hits(counters.limitHits()));
    feed(families, watched.server().feed());
    if (status.identity() != null) {
      certificates(families, status.identity());
    }
  }

  private static void life(Families families, Watched watched, ServerStatus status) {
    families.gauge(
        "wwep_start_time_seconds",
        "When the server began to listen, in seconds since 1970.",
        status.since().toEpochMilli() / MILLIS_PER_SECOND);
    families.gauge(
        "wwep_stuck",
        "Parts of the server that do not go on though they should; wwep status names them.",
        status.stuck().size());
    families.gauge(
        "wwep_warnings",
        "Warnings in force, which the start and the Server page of the console show.",
        warnings(watched, status.identity()));
  }

  private static int warnings(Watched watched, ServerIdentity identity) {
    List<String> ofIdentity = identity == null ? List.of() : identity.problems();
    return watched.server().warnings().size() + watched.store().notes().size() + ofIdentity.size();
  }

  private static void connections(Families families, ServerStatus status) {
    families.gauge(
        "wwep_connections",
        "Connections that are open, those being turned away included.",
        status.counters().openConnections());
    families.gauge(
        "wwep_connections_max",
        "Connections that are taken at a time (--max-connections).",
        status.connectionsMax());
    families.counter(
        "wwep_connections_accepted_total",
        "Connections accepted, those turned away included.",
        status.counters().acceptedConnections());
  }

  private static void requests(Families families, ServerCounters counters) {
    families.counter(
        "wwep_requests_total",
        "Requests answered, by outcome.",
        "outcome",
        Map.of(
            "accepted",
            counters.requests() - counters.rejectedRequests(),
            "rejected",
            counters.rejectedRequests()));
  }

  private static void handshakes(Families families, ServerCounters counters) {
    families.counter(
        "wwep_tls_handshakes_total", "TLS handshakes completed.", counters.handshakesDone());
    families.counter(
        "wwep_tls_handshakes_failed_total",
        "TLS connections that never got as far as a request (tls-failed).",
        counters.handshakesFailed());
  }

  private static Map<String, Long> hits(LimitHits hits) {
    Map<String, Long> byName = new LinkedHashMap<>();
    byName.put("max-connections", hits.connections());
    byName.put("max-connections-per-address", hits.connectionsPerAddress());
    byName.put("max-handshakes-per-address", hits.handshakesPerAddress());
    byName.put("max-requests-per-second", hits.requestsPerSecond());
    byName.put("send-timeout", hits.stalledPeers());
    byName.put("files", hits.acceptPauses());
    return byName;
  }

  private static void feed(Families families, EventFeed feed) {
    families.counter(
        "wwep_events_dropped_total",
        "Requests that the console and the log left out, as there were too many to show.",
        feed.dropped());
    families.gauge("wwep_events_queued", "Events on their way to console and log.", feed.queued());
  }

  private static void certificates(Families families, ServerIdentity identity) {
    Map<String, Double> ends = new LinkedHashMap<>();
    for (Identity each : identity.all()) {
      ends.put(
          each.isEc() ? "EC" : "RSA",
          each.certificate().getNotAfter().getTime() / MILLIS_PER_SECOND);
    }
    families.gauge(
        "wwep_certificate_not_after_seconds",
        "When a certificate that TLS clients are shown ends, in seconds since 1970.",
        "kind",
        ends);
  }
}
