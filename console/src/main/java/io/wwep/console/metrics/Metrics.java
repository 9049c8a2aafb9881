package io.wwep.console.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.wwep.console.api.Watched;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.server.ServerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a server counts and measures, in the text formats of Prometheus and OpenMetrics. Everything
 * is looked at when a scrape comes; between scrapes it costs nothing.
 *
 * <p>Belongs to the event loop of HTTP. The looking is done by a worker, since it waits for the
 * disk and, where a server is stuck, for two seconds. One scrape of each format is under way at a
 * time; who comes meanwhile gets the same.
 */
public final class Metrics {

  private static final String PROMETHEUS = "text/plain";
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final int USUAL_BYTES = 1 << 15;

  private final Watched watched;
  private final Map<String, ExpositionFormatWriter> formats;

  /** By media type. */
  private final Map<String, Future<String>> underWay = new HashMap<>();

  public Metrics(Watched watched) {
    this.watched = watched;
    ExpositionFormats all = ExpositionFormats.init();
    formats =
        Map.of(
            PROMETHEUS,
            all.getPrometheusTextFormatWriter(),
            OPEN_METRICS,
            all.getOpenMetricsTextFormatWriter());
  }

  /** Returns {@code GET /metrics}. */
  public Endpoint endpoint() {
    return Endpoint.get("/metrics", "What the server counts and measures, for Prometheus.")
        .givesToo(PROMETHEUS, "The text format of Prometheus, version 0.0.4.")
        .givesToo(OPEN_METRICS, "OpenMetrics, version 1.0.0.")
        .does(this::scrape);
  }

  private void scrape(Call call) {
    String type = formats.get(call.type()).getContentType();
    result(call.context().vertx(), call.type())
        .onSuccess(text -> call.reply(200, type, text))
        .onFailure(call::fail);
  }

  private Future<String> result(Vertx vertx, String type) {
    Future<String> running = underWay.get(type);
    if (running != null) {
      return running;
    }
    Future<String> result = vertx.executeBlocking(() -> render(formats.get(type)), false);
    underWay.put(type, result);
    // Called at once where the result is there already, so it comes behind the line above.
    result.onComplete(done -> underWay.remove(type));
    return result;
  }

  private String render(ExpositionFormatWriter format) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_BYTES);
    format.write(text, look().all());
    return text.toString(StandardCharsets.UTF_8);
  }

  private Families look() throws IOException {
    Families families = new Families();
    ServerStatus status = watched.server().status();
    families.info("wwep_build_info", "The program that runs.", "version", watched.version());
    ServerFamilies.addTo(families, watched, status);
    TrafficFamilies.addTo(families, status.counters());
    StoreFamilies.addTo(families, watched.store(), watched.history(), status.store());
    ProcessFamilies.addTo(families);
    return families;
  }
}
