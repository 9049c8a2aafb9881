package io.wwep.console;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.wwep.console.http.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the page, and of the one on which the REST API can be tried; held in memory from the
 * start of the console on, immutable. Those of the page, but for the page itself, are named by
 * their content, so browsers may keep them for ever.
 */
final class Assets implements Handler<RoutingContext> {

  private static final String FOLDER = "page/";
  private static final String LIST = FOLDER + "files.txt";
  private static final String PAGE = "index.html";

  /** Paths of the page to try the REST API on, with their files. */
  private static final Map<String, String> TRYOUT =
      Map.of(
          "/api/", "tryout/index.html",
          "/api/try.js", "tryout/try.js",
          "/api/try.css", "tryout/try.css");

  /** Where a class finds the board without hardware. */
  private static final String BOARD = "/board";

  /** Paths that people type, and where they find what they want. */
  private static final Map<String, String> ELSEWHERE = Map.of("/api", "/api/", BOARD, "/#/board");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private static final String NO_PAGE =
      "This wwep was built without its page, as there was no Node.js: install Node.js 18 or newer with npm, and build wwep again. The API is here: /api/v1/openapi.json\n";

  private final Map<String, File> files = new HashMap<>();

  /**
   * @param type its media type
   * @param content as it is
   * @param compressed the same by gzip; null where it is not kept
   */
  private record File(String type, Buffer content, Buffer compressed, boolean forEver) {}

  private Assets() {}

  /** Reads them from the jar. */
  static Assets load() {
    Assets assets = new Assets();
    Buffer list = read(LIST);
    List<String> names =
        list == null ? List.of() : list.toString(StandardCharsets.UTF_8).lines().toList();
    for (String name : names) {
      boolean page = name.equals(PAGE);
      assets.files.put(page ? "/" : "/" + name, file(FOLDER + name, !page));
    }
    TRYOUT.forEach((path, name) -> assets.files.put(path, file(name, false)));
    return assets;
  }

  private static File file(String name, boolean forEver) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return new File(type, read(name), read(name + ".gz"), forEver);
  }

  private static Buffer read(String name) {
    try (InputStream stream = Assets.class.getResourceAsStream(name)) {
      return stream == null ? null : Buffer.buffer(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with a file, or passes on what is none. */
  @Override
  public void handle(RoutingContext context) {
    String path = context.request().path();
    File file = files.get(path);
    HttpServerResponse response = context.response();
    if (file != null) {
      send(context, file);
    } else if (ELSEWHERE.containsKey(path)) {
      context.redirect(ELSEWHERE.get(path));
    } else if (path.equals("/")) {
      response.setStatusCode(501).putHeader(HttpHeaders.CONTENT_TYPE, "text/plain").end(NO_PAGE);
    } else {
      context.next();
    }
  }

  private static void send(RoutingContext context, File file) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type)
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            file.forEver ? "public, max-age=31536000, immutable" : "no-cache")
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (file.compressed != null && accepted != null && accepted.contains("gzip")) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      Outgoing.send(context, file.compressed);
    } else {
      Outgoing.send(context, file.content);
    }
  }
}
