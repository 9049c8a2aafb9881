package io.wwep.console.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.certs.CertificateWords;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import io.wwep.console.rest.Times;
import io.wwep.server.Limits;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerCounters;
import io.wwep.server.ServerCounters.LimitHits;
import io.wwep.server.ServerStatus;
import io.wwep.server.Timeouts;
import io.wwep.server.WwepServer;
import io.wwep.store.Histogram;
import io.wwep.store.Store;
import io.wwep.store.StoreFigures;
import io.wwep.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a server tells of itself at one moment. Looks at the disk, so it is for workers. */
final class ServerFacts {

  private final Watched watched;
  private final WwepServer server;
  private final Store store;

  private ServerFacts(Watched watched) {
    this.watched = watched;
    server = watched.server();
    store = watched.store();
  }

  /** Looks, which takes up to two seconds where something is stuck, and tells. */
  static JsonObject of(Watched watched) {
    return new ServerFacts(watched).json();
  }

  private JsonObject json() {
    ServerStatus status = server.status();
    ServerCounters counters = status.counters();
    StoreFigures figures = store.figures();
    return new JsonObject()
        .put("version", watched.version())
        .put("since", Times.text(status.since()))
        .put(
            "ports",
            new JsonObject()
                .put("plain", port(status.plainPort()))
                .put("tls", port(status.tlsPort())))
        .put("engine", server.engineWords())
        .put("addresses", new JsonArray(watched.addresses().get()))
        .put("store", store(status.store(), figures))
        .put("connections", connections(status))
        .put("counters", counters(counters))
        .put("latency", times(counters.traffic().latency()))
        .put("commit", times(figures.commitTimes()))
        .put("tls", tls(counters.handshakes()))
        .put("certificates", certificates(status.identity()))
        .put("limits", limits(counters.limitHits()))
        .put("warnings", warnings(status));
  }

  private static Integer port(int port) {
    return port == ServerConfig.NOT_SERVED ? null : port;
  }

  private JsonObject store(StoreHealth health, StoreFigures figures) {
    return new JsonObject()
        .put("description", store.description())
        .put("durable", health.isDurable())
        .put("failure", health.failure())
        .put("fileBytes", figures.fileBytes())
        .put("logBytes", figures.logBytes())
        .put("historyWrites", figures.historyWrites())
        .put("devices", store.deviceCount())
        .put("registers", store.registerCount());
  }

  private static JsonObject connections(ServerStatus status) {
    return new JsonObject()
        .put("open", status.counters().openConnections())
        .put("max", status.connectionsMax())
        .put("accepted", status.counters().acceptedConnections());
  }

  private static JsonObject counters(ServerCounters counters) {
    JsonObject rejected = new JsonObject();
    counters.traffic().rejections().forEach((code, times) -> rejected.put(code.word(), times));
    return new JsonObject()
        .put("requests", counters.requests())
        .put("reads", counters.traffic().reads())
        .put("writes", counters.traffic().writes())
        .put("accepted", counters.acceptedRequests())
        .put("rejected", rejected)
        .put("bytesIn", counters.traffic().bytesRead())
        .put("bytesOut", counters.traffic().bytesWritten());
  }

  /** Each bucket with those of smaller values, so that two of them give a quantile. */
  private static JsonObject times(Histogram.Snapshot times) {
    JsonArray buckets = new JsonArray();
    long upTo = 0;
    for (int i = 0; i < times.counts().size(); i++) {
      upTo += times.counts().get(i);
      Double bound = i < times.bounds().size() ? times.bounds().get(i) : null;
      buckets.add(new JsonArray().add(bound).add(upTo));
    }
    return new JsonObject()
        .put("count", upTo)
        .put("sumSeconds", times.sum())
        .put("buckets", buckets);
  }

  private JsonObject tls(ServerCounters.Handshakes handshakes) {
    return new JsonObject()
        .put("profile", server.config().tlsProfile().name().toLowerCase(Locale.ROOT))
        .put("versions", counts(handshakes.versions()))
        .put("suites", counts(handshakes.cipherSuites()))
        .put("failures", counts(handshakes.failures()));
  }

  private static JsonObject counts(Map<String, Long> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::put);
    return json;
  }

  private static JsonArray certificates(ServerIdentity identity) {
    JsonArray all = new JsonArray();
    if (identity != null) {
      identity.all().forEach(each -> all.add(certificate(each)));
    }
    return all;
  }

  private static JsonObject certificate(Identity identity) {
    CertificateWords words = CertificateWords.of(identity.certificate());
    return new JsonObject()
        .put("kind", identity.isEc() ? "ec" : "rsa")
        .put("subject", words.subject())
        .put("names", new JsonArray(words.names()))
        .put("notBefore", Times.text(words.notBefore()))
        .put("notAfter", Times.text(words.notAfter()))
        .put("sha256", words.fingerprint())
        .put("daysLeft", Duration.between(Instant.now(), words.notAfter()).toDays());
  }

  private JsonArray limits(LimitHits hits) {
    Limits limits = server.config().limits();
    Timeouts times = server.config().timeouts();
    return new JsonArray()
        .add(limit("max-connections", limits.connectionsMax(), hits.connections()))
        .add(
            limit(
                "max-connections-per-address",
                limits.connectionsPerAddressMax(),
                hits.connectionsPerAddress()))
        .add(
            limit(
                "max-handshakes-per-address",
                limits.handshakesPerAddressMax(),
                hits.handshakesPerAddress()))
        .add(
            limit(
                "max-requests-per-second", limits.requestsPerSecondMax(), hits.requestsPerSecond()))
        .add(limit("send-timeout (ms)", times.sendMillis(), hits.stalledPeers()))
        .add(limit("files that the system gives", Limits.NONE, hits.acceptPauses()))
        .add(limit("frame-timeout (ms)", times.frameMillis(), null))
        .add(limit("linger (ms)", times.lingerMillis(), null))
        .add(limit("idle-timeout (ms)", times.idleMillis(), null))
        .add(limit("first-byte-timeout (ms)", times.firstByteMillis(), null))
        .add(limit("handshake-timeout (ms)", times.handshakeMillis(), null));
  }

  private static JsonObject limit(String name, long value, Long hits) {
    return new JsonObject()
        .put("name", name)
        .put("value", value == Limits.NONE ? null : value)
        .put("hits", hits);
  }

  private JsonArray warnings(ServerStatus status) {
    List<String> warnings = new ArrayList<>(status.stuck());
    warnings.addAll(server.warnings());
    warnings.addAll(store.notes());
    if (status.identity() != null) {
      warnings.addAll(status.identity().problems());
    }
    return new JsonArray(warnings);
  }
}
