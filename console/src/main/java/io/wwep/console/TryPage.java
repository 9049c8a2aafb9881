package io.wwep.console;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.wwep.console.http.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page on which the REST API can be tried, held in memory; immutable. */
final class TryPage implements Handler<RoutingContext> {

  private static final String FOLDER = "tryout/";

  private final Map<String, File> files =
      Map.of(
          "/api/", new File("text/html; charset=utf-8", read("index.html")),
          "/api/try.js", new File("text/javascript; charset=utf-8", read("try.js")),
          "/api/try.css", new File("text/css; charset=utf-8", read("try.css")));

  private record File(String type, Buffer content) {}

  private static Buffer read(String name) {
    try (InputStream stream = TryPage.class.getResourceAsStream(FOLDER + name)) {
      return Buffer.buffer(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with a file, or passes on what is none. */
  @Override
  public void handle(RoutingContext context) {
    String path = context.request().path();
    File file = files.get(path);
    if (file != null) {
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, file.type)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
      Outgoing.send(context, file.content);
    } else if (path.equals("/api")) {
      context.redirect("/api/");
    } else {
      context.next();
    }
  }
}
