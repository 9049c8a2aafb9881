package io.wwep.console.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wwep.console.Watched;
import io.wwep.server.ServerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code GET /metrics}: what a server counts and measures, in the text formats of Prometheus and
 * OpenMetrics. Everything is looked at when a scrape comes; between scrapes it costs nothing.
 *
 * <p>Belongs to the event loop of HTTP. The looking is done by a worker, since it waits for the
 * disk and, where a server is stuck, for two seconds. One scrape of each format is under way at a
 * time; who comes meanwhile gets the same.
 */
public final class Metrics {

  private static final String PATH = "/metrics";
  private static final int USUAL_BYTES = 1 << 15;

  private final Watched watched;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /** By content type, of which there are as many as formats. */
  private final Map<String, Future<Buffer>> underWay = new HashMap<>();

  public Metrics(Watched watched) {
    this.watched = watched;
  }

  /** Adds the route; what comes to the router before it decides who may scrape. */
  public void mount(Router router) {
    router.get(PATH).handler(this::scrape);
  }

  private void scrape(RoutingContext context) {
    ExpositionFormatWriter format =
        formats.findWriter(context.request().getHeader(HttpHeaders.ACCEPT));
    result(context.vertx(), format)
        .onSuccess(
            text ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, format.getContentType())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text))
        .onFailure(context::fail);
  }

  private Future<Buffer> result(Vertx vertx, ExpositionFormatWriter format) {
    String type = format.getContentType();
    Future<Buffer> running = underWay.get(type);
    if (running != null) {
      return running;
    }
    Future<Buffer> result = vertx.executeBlocking(() -> render(format), false);
    underWay.put(type, result);
    // Called at once when the result is there already, so it comes behind the line above.
    result.onComplete(done -> underWay.remove(type));
    return result;
  }

  private Buffer render(ExpositionFormatWriter format) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_BYTES);
    format.write(text, look().all());
    return Buffer.buffer(text.toByteArray());
  }

  private Families look() {
    Families families = new Families();
    ServerStatus status = watched.server().status();
    families.info(
        "wwep_build_info", "The program that runs.", "version", watched.version());
    ServerFamilies.addTo(families, watched, status);
    StoreFamilies.addTo(families, watched.store(), status.store());
    ProcessFamilies.addTo(families);
    return families;
  }
}
