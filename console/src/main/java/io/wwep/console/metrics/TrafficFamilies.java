package io.wwep.console.metrics;

import io.wwep.protocol.RejectCode;
import io.wwep.server.ServerCounters;
import io.wwep.server.ServerCounters.Handshakes;
import io.wwep.server.ServerCounters.Traffic;
import java.util.LinkedHashMap;
import java.util.Map;

/** What peers ask of a server, and what they get. */
final class TrafficFamilies {

  private TrafficFamilies() {}

  static void addTo(Families families, ServerCounters counters) {
    requests(families, counters);
    bytes(families, counters.traffic());
    handshakes(families, counters.handshakes());
  }

  private static void requests(Families families, ServerCounters counters) {
    Traffic traffic = counters.traffic();
    families.counter(
        "wwep_requests_total",
        "Requests by outcome: accepted, or the code of the X; what was no request, as a failed handshake, is in it by its code.",
        "outcome",
        outcomes(counters.acceptedRequests(), traffic.rejections()));
    families.counter(
        "wwep_frames_total",
        "Legal frames by kind, whatever became of them.",
        "kind",
        Map.of("read", traffic.reads(), "write", traffic.writes()));
    families.histogram(
        "wwep_request_duration_seconds",
        "Time from the read of a request until its reply is with the transport, the wait for the disk included.",
        traffic.latency());
  }

  private static Map<String, Long> outcomes(long accepted, Map<RejectCode, Long> rejections) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("accepted", accepted);
    rejections.forEach((code, count) -> outcomes.put(code.word(), count));
    return outcomes;
  }

  private static void bytes(Families families, Traffic traffic) {
    families.counter(
        "wwep_received_bytes_total",
        "Bytes of requests; behind TLS where there is TLS.",
        traffic.bytesRead());
    families.counter(
        "wwep_sent_bytes_total",
        "Bytes of replies; before TLS where there is TLS.",
        traffic.bytesWritten());
  }

  private static void handshakes(Families families, Handshakes handshakes) {
    families.counter(
        "wwep_tls_handshakes_total",
        "TLS handshakes completed, by version.",
        "version",
        handshakes.versions());
    families.counter(
        "wwep_tls_cipher_suites_total",
        "TLS handshakes completed, by cipher suite.",
        "cipher_suite",
        handshakes.cipherSuites());
    families.counter(
        "wwep_tls_handshakes_failed_total",
        "TLS connections that never got as far as a request, by cause: an alert of the board, what the server did not accept, timeout, closed or garbage.",
        "cause",
        handshakes.failures());
  }
}
