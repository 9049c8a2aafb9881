package io.wwep.console.api;

import io.vertx.ext.web.RoutingContext;
import io.wwep.console.rest.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Paths of next pages. */
final class Paths {

  private Paths() {}

  /**
   * Returns what makes the path of the call with one part of its query replaced. Used by the HTTP
   * event loop alone; what it returns, by any thread.
   *
   * @param name of the part that says where to go on
   * @param kept names of the others
   */
  static UnaryOperator<String> next(Call call, String name, List<String> kept) {
    RoutingContext context = call.context();
    String begin = context.request().path() + '?' + name + '=';
    StringBuilder end = new StringBuilder();
    for (String each : kept) {
      String given = context.queryParams().get(each);
      if (given != null) {
        end.append('&').append(each).append('=').append(encode(given));
      }
    }
    return value -> begin + encode(value) + end;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
