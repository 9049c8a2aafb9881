package io.wwep.console.api;

import io.vertx.ext.web.RoutingContext;
import io.wwep.console.rest.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Paths of next pages. */
final class Paths {

  private Paths() {}

  /**
   * Returns the path of the call with one part of its query replaced.
   *
   * @param name of the part that says where to go on
   * @param kept names of the others
   */
  static String next(Call call, String name, String value, List<String> kept) {
    RoutingContext context = call.context();
    StringBuilder path =
        new StringBuilder(context.request().path()).append('?').append(name).append('=');
    path.append(encode(value));
    for (String each : kept) {
      String given = context.queryParams().get(each);
      if (given != null) {
        path.append('&').append(each).append('=').append(encode(given));
      }
    }
    return path.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
