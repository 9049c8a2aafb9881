package io.wwep.console.metrics;

import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import io.wwep.console.api.Watched;
import io.wwep.server.EventFeed;
import io.wwep.server.Limits;
import io.wwep.server.ServerCounters;
import io.wwep.server.ServerCounters.LimitHits;
import io.wwep.server.ServerStatus;
import io.wwep.server.access.Door;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a server fares: its connections, limits, warnings and certificates. */
final class ServerFamilies {

  private static final String CONNECTIONS = "max-connections";
  private static final String CONNECTIONS_PER_ADDRESS = "max-connections-per-address";
  private static final String HANDSHAKES_PER_ADDRESS = "max-handshakes-per-address";
  private static final String REQUESTS_PER_SECOND = "max-requests-per-second";
  private static final double MILLIS_PER_SECOND = 1e3;

  private ServerFamilies() {}

  static void addTo(Families families, Watched watched, ServerStatus status) {
    ServerCounters counters = status.counters();
    life(families, watched, status);
    connections(families, counters);
    limits(families, watched.server().config().limits());
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

  private static void connections(Families families, ServerCounters counters) {
    families.gauge(
        "wwep_connections",
        "Connections that are open, those being turned away included.",
        "door",
        byWord(counters.openByDoor()));
    families.counter(
        "wwep_connections_accepted_total",
        "Connections accepted, those turned away included.",
        "door",
        byWord(counters.acceptedByDoor()));
  }

  private static Map<String, Number> byWord(Map<Door, ? extends Number> byDoor) {
    Map<String, Number> words = new LinkedHashMap<>();
    byDoor.forEach((door, count) -> words.put(door.key(), count));
    return words;
  }

  private static void limits(Families families, Limits limits) {
    Map<String, Integer> byName = new LinkedHashMap<>();
    byName.put(CONNECTIONS, limits.connectionsMax());
    byName.put(CONNECTIONS_PER_ADDRESS, limits.connectionsPerAddressMax());
    byName.put(HANDSHAKES_PER_ADDRESS, limits.handshakesPerAddressMax());
    byName.put(REQUESTS_PER_SECOND, limits.requestsPerSecondMax());
    families.gauge(
        "wwep_limit",
        "Limits in force, by the names of their options; 0 where there is none.",
        "limit",
        byName);
  }

  private static Map<String, Long> hits(LimitHits hits) {
    Map<String, Long> byName = new LinkedHashMap<>();
    byName.put(CONNECTIONS, hits.connections());
    byName.put(CONNECTIONS_PER_ADDRESS, hits.connectionsPerAddress());
    byName.put(HANDSHAKES_PER_ADDRESS, hits.handshakesPerAddress());
    byName.put(REQUESTS_PER_SECOND, hits.requestsPerSecond());
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
          each.certificate().getNotAfter().toInstant().toEpochMilli() / MILLIS_PER_SECOND);
    }
    families.gauge(
        "wwep_certificate_not_after_seconds",
        "When a certificate that TLS clients are shown ends, in seconds since 1970.",
        "kind",
        ends);
  }
}
